package dev.hemline.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionTest {
    private static final int EVENTS = 20_000;

    private final ScaleSettings settings = new ScaleSettings(
            List.of(Dimension.values()),
            List.of(1, 48),
            List.of(1_000, 1_000_000),
            List.of(1, 2),
            List.of(784, 1_000_000),
            EVENTS,
            50_000,
            3,
            PeerModel.of("tiny"));

    @Test
    void shouldVaryPartitionsAlone() {
        assertThat(Dimension.PARTITIONS.points(settings))
                .containsExactly(
                        new Point(1, new Setting(1, 1), 784, EVENTS, 1),
                        new Point(48, new Setting(48, 1), 784, EVENTS, 1));
    }

    @Test
    void shouldMakeATurnOfSeveralBacklogsWhereTheyAreSmall() {
        List<Point> points = Dimension.BACKLOG.points(settings);

        assertThat(points)
                .containsExactly(
                        new Point(1_000, Setting.USUAL, 784, 1_000, 20),
                        new Point(1_000_000, Setting.USUAL, 784, 1_000_000, 1));
        assertThat(points).extracting(Point::events).containsExactly(EVENTS, 1_000_000);
    }

    @Test
    void shouldVaryInstancesAlone() {
        assertThat(Dimension.INSTANCES.points(settings))
                .extracting(Point::setting)
                .containsExactly(Setting.USUAL, new Setting(4, 2));
    }

    @Test
    void shouldSendFewerOfLargeImages() {
        assertThat(Dimension.SIZE.points(settings))
                .containsExactly(
                        new Point(784, Setting.USUAL, 784, EVENTS, 1),
                        new Point(1_000_000, Setting.USUAL, 1_000_000, 50, 1));
    }
}
