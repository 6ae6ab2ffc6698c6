package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.stream.SoakReport.Sample;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.RunningProducer;
import dev.hemline.service.Verb;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hemline soak}: a backlog of labelled images, worked off at full speed while models change. Broker and producer are in
 * this JVM; the classifier has one of its own, which is looked at.
 */
@Command(
        name = "soak",
        description = {
            "Sends millions of labelled images through a classifier at full speed, with a broker of its own, while models"
                    + " change; says whether memory, threads, open files or local state grow.",
            "",
            "Of each figure it tells by how much it rises per million events, and how large a rise may be chance. The first"
                    + " quarter of the events is left out. Exit code 1 if an event was lost or doubled. Needs Linux.",
            ""
        },
        footer = {"", "Example:", "  hemline soak --events 2000000 --json soak.json"})
public final class SoakBench extends Bench<SoakReport> implements Verb {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final double SHORTEST_SWAP = 0.5;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Images to send; their events stay on disk until the end.")
    long events = 2_000_000;

    @Option(
            names = "--swap-every",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "Time between two model versions.")
    double swapEvery;

    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--label-window",
            paramLabel = "TIME",
            defaultValue = "24h",
            description =
                    "How long the classifier keeps results and labels for each other. With 24h its local state grows all"
                            + " the time, as it should; with 30s it is soon as large as it gets.")
    String labelWindow = "24h";

    @Option(
            names = "--no-scores",
            description = "Only classify, and keep no local state: tells whether what grows belongs to scoring.")
    boolean noScores;

    private final List<Sample> samples = new ArrayList<>();
    private int version = 1;

    public SoakBench() {
        super("Events");
    }

    @Override
    protected void requireValidFlags() {
        Flags.require(events >= 10_000, "--events is at least 10000, not " + events);
        Flags.require(swapEvery >= SHORTEST_SWAP, "--swap-every is at least 0.5 s, not " + swapEvery + " s");
    }

    @Override
    protected SoakReport measure(Run run) throws InterruptedException {
        try (LocalStream stream = new LocalStream(run.folder(), "soak")) {
            Path state = run.folder().resolve("state");
            List<String> flags =
                    new ArrayList<>(List.of("--label-window", labelWindow, "--state-dir", state.toString()));
            if (noScores) {
                flags.add("--no-scores");
            }
            try (var producer = RunningProducer.start(stream.producer(0, events, LabelDelivery.parse("late:0")));
                    var group = stream.startWatched("hemline-soak", TICK, flags)) {
                stream.publish(UntrainedModel.of(network.name(), version));
                Instant start = Instant.now();
                group.awaitCount(
                        () -> {
                            swapIfDue(stream, start);
                            samples.add(sample(group, state));
                            long done = samples.get(samples.size() - 1).events();
                            run.progress().at(done, events, "");
                            return done;
                        },
                        events);
                double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
                producer.finish(PATIENCE);
                Outcomes outcomes = stream.outcomes();
                group.stop();
                return SoakReport.of(outcomes, version - 1, seconds, samples);
            }
        }
    }

    private void swapIfDue(LocalStream stream, Instant start) {
        if (Duration.between(start, Instant.now()).toMillis() >= version * swapEvery * 1000) {
            version++;
            stream.publish(UntrainedModel.of(network.name(), version));
        }
    }

    private static Sample sample(ClassifierGroup group, Path state) {
        ProcessFigures process = group.figures();
        return new Sample(
                group.done(), process.nativeBytes(), process.threads(), process.handles(), bytesIn(state.toFile()));
    }

    /** Files come and go while RocksDB compacts; one that is gone counts as nothing. */
    private static long bytesIn(File file) {
        File[] files = file.listFiles();
        return files == null
                ? file.length()
                : Stream.of(files).mapToLong(SoakBench::bytesIn).sum();
    }
}
