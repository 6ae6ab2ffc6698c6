package dev.hemline.quality.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.service.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class ScoreSettingsTest {
    private static ScoreSettings settings(Duration window) {
        return new ScoreSettings(KafkaSettings.of("broker:9092"), "shop", window, true, Path.of("state"));
    }

    @Test
    void shouldBeAGroupOfItsOwnThatIsAlwaysExact() {
        assertThat(settings(Duration.ofHours(24)).streams(new HostInfo("here", 9401), Path.of("state/instance-0")))
                .containsEntry("application.id", "shop-scores")
                .containsEntry("application.server", "here:9401")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("state.dir", Path.of("state/instance-0").toString());
    }

    @Test
    void shouldNameALabelWindowThatIsTooShortOrTooLong() {
        assertThatThrownBy(() -> settings(Duration.ofSeconds(5))).hasMessage("--label-window is 10s to 30d, not 5s");
        assertThatThrownBy(() -> settings(Duration.ofDays(31))).hasMessageContaining("--label-window");
    }
}
