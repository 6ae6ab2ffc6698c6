package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.stream.Dimension.Point;
import dev.hemline.benchmarks.stream.Dimension.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionTest {
    private static final int EVENTS = 20_000;

    private final ScaleBench settings = Parsed.of(
            new ScaleBench(),
            "--partitions=1,48",
            "--backlogs=1000,1000000",
            "--instances=1,2",
            "--sizes=784,1000000",
            "--events=" + EVENTS);

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
    void shouldSendTheSameFilesInEveryFormatThatThereIsAllFor() {
        assertThat(Dimension.FORMAT.points(settings))
                .extracting(Point::value)
                .containsExactly("avro", "json", "picture", "cloudevent", "reference");
        assertThat(Dimension.FORMAT.points(Parsed.of(
                        new ScaleBench(), "--formats=json,registry,json", "--schema-registry=http://registry")))
                .containsExactly(
                        new Point("json", Setting.USUAL, Pictures.PNG_FILES, EVENTS, 1, EventFormat.JSON),
                        new Point("registry", Setting.USUAL, Pictures.PNG_FILES, EVENTS, 1, EventFormat.REGISTRY));
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
