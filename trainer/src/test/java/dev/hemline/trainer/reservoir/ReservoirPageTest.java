package dev.hemline.trainer.reservoir;

import static dev.hemline.trainer.reservoir.TrafficSamples.NOON;
import static dev.hemline.trainer.reservoir.TrafficSamples.ballot;
import static dev.hemline.trainer.reservoir.TrafficSamples.sample;
import static dev.hemline.trainer.reservoir.TrafficSamples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReservoirPageTest {
    private static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(label -> "Class " + label).toList();

    private final Reservoir reservoir = new Reservoir(100, 10);

    @Test
    void shouldSayWhereNothingHasCome() {
        String page = ReservoirPage.of(reservoir, "shoes", CLASSES, NOON).html();

        assertThat(page).contains("Reservoir of shoes", "<b>0</b><span>to learn from", "<b>none</b>");
    }

    @Test
    void shouldShowWhatCameAndWhoSaidWhatItIs() {
        reservoir.add(ballot("event-1", 3, NOON));
        reservoir.add(ballot("event-2", 4, NOON.minus(Duration.ofHours(5))));

        String page = ReservoirPage.of(reservoir, "shoes", CLASSES, NOON.plus(Duration.ofMinutes(2)))
                .html();

        assertThat(page)
                .contains("<b>2 min</b><span>since the newest", "<b>5 h</b><span>since the oldest")
                .contains("<b>Class 3</b>", "<b>Class 4</b>", "data:image/png");
        assertThat(page.indexOf("<b>Class 3</b>")).isLessThan(page.indexOf("<b>Class 4</b>"));
    }

    @Test
    void shouldTakeWhatStrangersWriteForText() {
        reservoir.add(new Ballot(sample("event-1"), List.of(vote("<script>alert(1)</script>", 3, NOON)), null));

        assertThat(ReservoirPage.of(reservoir, "shoes", CLASSES, NOON).html())
                .doesNotContain("<script>")
                .contains("&lt;script&gt;");
    }
}
