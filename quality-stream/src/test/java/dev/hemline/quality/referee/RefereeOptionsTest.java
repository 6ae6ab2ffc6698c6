package dev.hemline.quality.referee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RefereeOptionsTest {
    private static RefereeSettings settings(String... flags) {
        var options = new RefereeOptions();
        new CommandLine(options).parseArgs(flags);
        return options.settings(new ScoreSettings(
                KafkaSettings.of("broker:9092"), "shop", Duration.ofHours(1), true, Path.of("state")));
    }

    @Test
    void shouldLetAProbationEndSoonerThanATrial() {
        RefereeSettings settings = settings("--most-labels=900", "--probation-labels=50");

        assertThat(settings.rules().trial().mostLabels()).isEqualTo(900);
        assertThat(settings.rules().probation().mostLabels()).isEqualTo(50);
        assertThat(settings.applicationId()).isEqualTo("shop-referee");
    }

    @ParameterizedTest
    @CsvSource({
        "--alpha=2, --alpha",
        "--margin=1, --margin",
        "--segment-margin=-1, --segment-margin",
        "--fewest-labels=0, --fewest-labels",
        "--most-labels=10, --most-labels",
        "--probation-labels=0, --probation-labels"
    })
    void shouldNameTheFlagThatIsWrong(String flag, String name) {
        assertThatThrownBy(() -> settings(flag))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " is ");
    }

    @Test
    void shouldSayAtOnceThatAKeyIsNotThere() {
        assertThatThrownBy(() -> settings("--signing-key=/nowhere.pem"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--signing-key: ");
    }
}
