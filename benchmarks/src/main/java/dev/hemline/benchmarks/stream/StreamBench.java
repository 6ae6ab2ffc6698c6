package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.runner.Answers;
import dev.hemline.benchmarks.runner.BenchOutput;
import dev.hemline.benchmarks.runner.ClassifierGroup;
import dev.hemline.benchmarks.runner.Contender;
import dev.hemline.benchmarks.runner.ContenderOptions;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.LocalStream;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Progress;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.benchmarks.runner.Work;
import dev.hemline.service.BaseCommand;
import java.nio.file.Path;
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
public final class StreamBench extends BaseCommand {
    /** Share of the backlog with which compilers and allocators settle; it does not count. */
    private static final double WARM_UP = 0.2;

    private static final Duration TICK = Duration.ofMillis(100);

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "200000",
            description = "Images in the backlog. Default: ${DEFAULT-VALUE}")
    int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each works the backlog off. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Mixin
    ContenderOptions contenders = ContenderOptions.all();

    @Mixin
    NetworkOption.WithPrecision model = new NetworkOption.WithPrecision();

    @Option(
            names = "--guarantee",
            paramLabel = "NAME",
            defaultValue = "exactly_once_v2",
            description = "What all of them give: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE_V2;

    @Mixin
    BenchOutput.Charted output = new BenchOutput.Charted();

    /** A contender's answers, and the work that counts. */
    record Played(Work work, Answers answers) {}

    @Override
    public Integer call() throws InterruptedException {
        Flags.within("--events", events, 1000, 10_000_000);
        Flags.within("--rounds", rounds, 1, 1000);
        PeerModel served = model.model();
        return output.run("Turns", (folder, progress) -> measure(served, folder, progress));
    }

    StreamReport measure(PeerModel served, Path folder, Progress progress) throws InterruptedException {
        Machine machine = Machine.now();
        try (LocalStream stream = LocalStream.open(folder, "bench-stream");
                BareInference bare = BareInference.of(served, stream.images())) {
            stream.publish(served.published());
            stream.send(events);
            return report(
                    machine,
                    progress,
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
    StreamReport report(
            Machine machine, Progress progress, DoubleSupplier bareMicros, Turns.Turn<Contender, Played> player)
            throws InterruptedException {
        List<Contender> all = contenders.list();
        Contender first = all.get(0);
        var turns = new Turns((long) rounds * all.size(), progress);
        // The broker is in this JVM: while that compiles, a turn would be slow on its account.
        turns.meanwhile("warm-up");
        Answers expected = player.take(first, -1).answers();
        List<Double> bare = new ArrayList<>();
        List<StreamReport.Row> rows = new ArrayList<>();
        var taken = turns.play(all, Contender::title, 0, rounds, (contender, round) -> {
            if (contender == first) {
                bare.add(bareMicros.getAsDouble());
            }
            Played played = player.take(contender, round);
            return new StreamReport.Turn(played.work(), played.answers().differentFrom(expected, contender.title()));
        });
        Spread bareSpread = Spread.of(bare);
        taken.forEach(one -> rows.add(StreamReport.Row.of(one.by().title(), one.turns(), bareSpread.median())));
        return StreamReport.of(model.model(), guarantee, events, rounds, machine, bareSpread, rows);
    }

    private Played play(LocalStream stream, Contender contender, String name) throws InterruptedException {
        Map<TopicPartition, Long> from = Answers.ends(stream);
        var command = contender.command(stream.assignment(name, model.model()), guarantee);
        try (ClassifierGroup group = stream.start(name, TICK, List.of(command))) {
            Work warm = group.await(Math.round(events * WARM_UP));
            Work all = group.await(events);
            group.stop();
            // Where the backlog is so short that one commit takes most of it, the whole turn counts, with the process's
            // start.
            Work counted = warm.events() <= events / 2 ? all.minus(warm) : all;
            return new Played(counted, Answers.since(from, stream));
        }
    }
}
