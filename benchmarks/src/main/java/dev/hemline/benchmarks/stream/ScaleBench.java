package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.benchmarks.stream.Dimension.Point;
import dev.hemline.fashionmnist.FashionMnist;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hemline bench scale}: goes through the dimensions. Within each everything is started and warm before the first turn, and
 * then every value has its turn, round after round, so that whatever the machine does besides falls on all of them.
 */
@Command(
        name = "scale",
        description = {
            "What processor time an event costs the classifier, and how many it does in a second: with more partitions, a"
                    + " longer backlog, more instances, larger images, and in each format that an event may have; each varied"
                    + " alone.",
            "",
            "A backlog is one transaction, so that all of it is there at once. It is measured from then until every result"
                    + " is committed, in classifiers that have run for a while; starting and warming up do not count.",
            "",
            "Exit code 1 if an event did not come back exactly once.",
            ""
        },
        footer = {"", "Example:", "  hemline bench scale --only backlog --backlogs 1000,1000000"})
public final class ScaleBench extends Bench.Charted<ScaleReport> {
    static final int RAW_BYTES = FashionMnist.WIDTH * FashionMnist.HEIGHT;

    /** With what else is in an event, brokers take this by default. */
    private static final int MOST_BYTES = 1_000_000;

    private static final int LEAST_JPEG_BYTES = 2_000;

    /** Of a turn with large images, and no less than a few dozen of them. */
    private static final int TURN_BYTES = 50_000_000;

    private static final int FEWEST = 50;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Vary only these: ${COMPLETION-CANDIDATES}.")
    List<Dimension> only = new ArrayList<>(List.of(Dimension.values()));

    @Option(
            names = "--partitions",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,4,16,48",
            description = "Of the topics of events and results.")
    @Within({1, 1000})
    List<Integer> partitions = new ArrayList<>();

    @Option(
            names = "--backlogs",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000",
            description = "Events; a turn with small ones has several, one after the other.")
    @Within({100, 10_000_000})
    List<Integer> backlogs = new ArrayList<>();

    @Option(
            names = "--instances",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2",
            description = "Classifiers that share the work.")
    @Within({1, 16})
    List<Integer> instances = new ArrayList<>();

    @Option(
            names = "--sizes",
            paramLabel = "BYTES",
            split = ",",
            defaultValue = "784,10000,100000,1000000",
            description = "Of images: 784 for raw pixels, otherwise JPEG files.")
    @Within({1, MOST_BYTES})
    List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--formats",
            paramLabel = "NAME",
            split = ",",
            description = "Of events that hold the same PNG files: ${COMPLETION-CANDIDATES}.")
    List<EventFormat> formats = List.of(EventFormat.values());

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description =
                    "Where Confluent's interface of a registry is, which gets the schema; without, events of format"
                            + " registry are left out.")
    @Nullable
    URI schemaRegistry;

    @Option(names = "--events", paramLabel = "N", description = "In a turn; fewer of large images.")
    @Within({1000, 10_000_000})
    int events = 20_000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Events before the first turn, until compilers and allocators have settled.")
    @Within({100, 10_000_000})
    int warmUp = 50_000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often every value has its turn.")
    @Within({1, 1000})
    int rounds = 3;

    @Mixin
    NetworkOption.WithPrecision model = new NetworkOption.WithPrecision();

    /** Where the points of a dimension are measured, side by side. */
    interface Stages extends AutoCloseable {
        /** Starts what the point needs, unless it is there; until code is compiled and memory is where it will be. */
        void warmUp(Point point) throws InterruptedException;

        Work turn(Point point) throws InterruptedException;

        /** What became of all events. */
        Outcomes outcomes();

        @Override
        void close();
    }

    @Override
    protected void requireValidFlags() {
        sizes.forEach(size -> Flags.require(
                size == RAW_BYTES || size >= LEAST_JPEG_BYTES,
                "--sizes are " + RAW_BYTES + " for raw pixels, and " + LEAST_JPEG_BYTES + " to " + MOST_BYTES
                        + " for JPEG files, not " + size));
    }

    @Override
    protected ScaleReport measure(Run run) throws InterruptedException {
        var images = FashionMnist.load(null).test();
        try (var writer = EventWriter.of(Optional.ofNullable(schemaRegistry))) {
            return report(
                    run,
                    dimension -> new BrokerStages(
                            images, model.model(), warmUp, writer, run.folder().resolve(dimension.toString())));
        }
    }

    /** Goes through the dimensions, and says what came of it. */
    ScaleReport report(Run run, Function<Dimension, Stages> places) throws InterruptedException {
        int points = only.stream().mapToInt(each -> each.points(this).size()).sum();
        var turns = new Turns((long) rounds * points, run.progress());
        Outcomes outcomes = Outcomes.NONE;
        List<ScaleReport.Table> tables = new ArrayList<>();
        for (Dimension dimension : only) {
            try (Stages stages = places.apply(dimension)) {
                for (Point point : dimension.points(this)) {
                    turns.meanwhile(dimension + ", warm-up");
                    stages.warmUp(point);
                }
                var taken = turns.play(
                        dimension.points(this),
                        point -> dimension + ", " + Dimension.text(point.value()),
                        0,
                        rounds,
                        (point, round) -> stages.turn(point));
                turns.meanwhile(dimension + ", counting");
                outcomes = outcomes.plus(stages.outcomes());
                tables.add(ScaleReport.Table.of(dimension, taken));
            }
        }
        return new ScaleReport(model.model(), events, warmUp, rounds, run.machine(), tables, outcomes);
    }

    /** Those that there is all for. */
    List<EventFormat> formats() {
        return formats.stream()
                .filter(format -> format != EventFormat.REGISTRY || schemaRegistry != null)
                .distinct()
                .toList();
    }

    /** So many events, or fewer if the images are large. */
    static int fewOfLarge(int most, int imageBytes) {
        return imageBytes <= RAW_BYTES ? most : Math.min(most, Math.max(FEWEST, TURN_BYTES / imageBytes));
    }
}
