package dev.hemline.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsScrapeTest {
    @Test
    void shouldReadSeriesWithAndWithoutLabels() {
        String text = """
                # HELP hemline_training_epoch Epoch under way
                # TYPE hemline_training_epoch gauge
                hemline_training_epoch{application="trainer",model="fashion-mnist"} 2.0
                hemline_training_loss{note="a } in a label"} 4.12E-1
                plain_total 17
                """;

        assertThat(MetricsScrape.parse(text))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("hemline_training_epoch", 2.0, "hemline_training_loss", 0.412, "plain_total", 17.0));
    }

    @Test
    void shouldLeaveOutWhatIsNoFiniteNumber() {
        String text = """
                not_known_yet{application="trainer"} NaN
                histogram_bucket{le="+Inf"} 3
                largest +Inf
                """;

        assertThat(MetricsScrape.parse(text)).containsOnlyKeys("histogram_bucket");
    }

    @Test
    void shouldSayThatAnAppIsStartingWhileItDoesNotAnswer() {
        var nobody = new MetricsScrape(1);

        assertThat(nobody.metrics()).isEmpty();
        assertThat(nobody.notReady()).contains("starting");
    }
}
