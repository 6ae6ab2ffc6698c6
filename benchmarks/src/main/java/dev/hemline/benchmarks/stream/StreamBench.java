package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.peer.Guarantee;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.benchmarks.stream.StreamReport.Row;
import dev.hemline.benchmarks.stream.StreamReport.Turn;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.TorchEngine;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hemline bench stream}: lets every contender work the same backlog off, one after the other and round after round; the
 * broker is in this JVM.
 */
@Command(
        name = "stream",
        description = {
            "How fast a backlog of image events is worked off, exactly once unless told: by Hemline; by Kafka Streams, record"
                    + " by record, with DJL's own blocks and with Hemline's archive; by a plain consumer and a producer in a"
                    + " loop, with batches; and by Apache Flink with an operator of ours, with batches. And what processor"
                    + " time an event costs the process that classifies.",
            "",
            "All take turns on the same backlog with the same weights and as many threads; every answer is compared.",
            ""
        })
public final class StreamBench extends Bench.Charted<StreamReport> {
    /** Share of the backlog with which compilers and allocators settle; it does not count. */
    private static final double WARM_UP = 0.2;

    private static final Duration TICK = Duration.ofMillis(100);

    @Option(names = "--events", paramLabel = "N", description = "Images in the backlog.")
    @Within({1000, 10_000_000})
    int events = 200_000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each works the backlog off.")
    @Within({1, 1000})
    int rounds = 3;

    @Mixin
    ContenderOptions contenders = new ContenderOptions(Contender.systems());

    @Mixin
    NetworkOption.WithPrecision model = new NetworkOption.WithPrecision();

    @Option(
            names = "--guarantee",
            paramLabel = "NAME",
            description = "What all of them give: ${COMPLETION-CANDIDATES}.")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE_V2;

    /** A contender's answers, and the work that counts. */
    record Played(Work work, Answers answers) {}

    @Override
    protected StreamReport measure(Run run) throws InterruptedException {
        PeerModel served = model.model();
        try (LocalStream stream = new LocalStream(run.folder(), "bench-stream");
                BareInference bare = BareInference.of(served, stream.images())) {
            stream.challenge(stream.publish(served.published()));
            stream.publish(served.published());
            stream.send(events);
            return report(
                    run,
                    bare::micros,
                    (contender, round) -> play(stream, contender, round < 0 ? "warm-up" : contender.name(round)));
        }
    }

    /**
     * Lets them play, and says what came of it.
     *
     * @param bareMicros asked once a round
     * @throws IllegalStateException if the contenders do not answer the same events
     */
    StreamReport report(Run run, DoubleSupplier bareMicros, Turns.Turn<Contender, Played> player)
            throws InterruptedException {
        List<Contender> all = contenders.list();
        Contender first = all.get(0);
        var turns = new Turns((long) rounds * all.size(), run.progress());
        // The broker is in this JVM: while that compiles, a turn would be slow on its account.
        turns.meanwhile("warm-up");
        Answers expected = player.take(first, -1).answers();
        List<Double> bare = new ArrayList<>();
        var taken = turns.play(all, Contender::title, 0, rounds, (contender, round) -> {
            if (contender == first) {
                bare.add(bareMicros.getAsDouble());
            }
            Played played = player.take(contender, round);
            return new Turn(played.work(), played.answers().differentFrom(expected, contender.title()));
        });
        Spread micros = Spread.of(bare);
        List<Row> rows = taken.stream()
                .map(one -> Row.of(one.by().title(), one.turns(), micros.median()))
                .toList();
        Speed speed = rows.get(0).eventsPerSecond();
        return new StreamReport(
                model.model(),
                guarantee,
                events,
                rounds,
                Contender.THREADS,
                run.machine(),
                micros,
                rows,
                rows.stream()
                        .skip(1)
                        .map(row -> speed.ratioTo(row.eventsPerSecond()))
                        .toList());
    }

    private Played play(LocalStream stream, Contender contender, String name) throws InterruptedException {
        Map<TopicPartition, Long> from = Answers.ends(stream);
        try (ClassifierGroup group = stream.start(contender, name, model.model(), guarantee, TICK)) {
            Work warm = group.await(Math.round(events * WARM_UP));
            Work all = group.await(events);
            group.stop();
            // Where the backlog is so short that one commit takes most of it, the whole turn counts, with the process's
            // start.
            Work counted = warm.events() <= events / 2 ? all.minus(warm) : all;
            return new Played(counted, Answers.since(from, stream));
        }
    }

    /** What inference costs when there is nothing else: no broker, no events, no results. Owns its classifier. */
    private record BareInference(ImageClassifier classifier, ByteBuffer pixels) implements AutoCloseable {
        private static final int BATCH = 64;
        private static final Duration LENGTH = Duration.ofSeconds(3);
        private static final double NANOS_PER_MICRO = 1e3;

        static BareInference of(PeerModel model, LabelledImages images) {
            TorchEngine.start(1);
            var bare = new BareInference(model.archive(), Agreement.pixels(images, 0, BATCH));
            bare.micros();
            return bare;
        }

        /** Processor time of this thread per image, in microseconds; takes a few seconds. */
        double micros() {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long images = 0;
            long used;
            do {
                classifier.classify(pixels, BATCH);
                images += BATCH;
                used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
            } while (used < LENGTH.toNanos());
            return used / NANOS_PER_MICRO / images;
        }

        @Override
        public void close() {
            classifier.close();
        }
    }
}
