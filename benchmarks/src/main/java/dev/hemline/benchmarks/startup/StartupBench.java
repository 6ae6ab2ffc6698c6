package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.runner.BenchOutput;
import dev.hemline.benchmarks.runner.Contender;
import dev.hemline.benchmarks.runner.ContenderOptions;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.LocalStream;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Progress;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.service.BaseCommand;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code hemline bench startup}: starts every contender again and again, each time with one event waiting, and with more and more
 * model versions on their topic. The broker is in this JVM.
 */
@Command(
        name = "startup",
        description = {
            "How soon a classifying process that is started says that it is ready, and an event that was waiting has its"
                    + " result; with few and with many model versions on their topic.",
            "",
            "All are started in turn, round after round. Hemline's log tells what it did"
                    + " on the way. The others have their model with them and look at no topic for it.",
            ""
        })
public final class StartupBench extends BaseCommand {
    @Option(
            names = "--versions",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,100,1000",
            description = "Model versions on their topic; each is 0.3 MB or more. Default: ${DEFAULT-VALUE}")
    List<Integer> versions = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts of each that count. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "1",
            description = "Starts of each before those that count. Default: ${DEFAULT-VALUE}")
    int warmUp;

    @Mixin
    ContenderOptions contenders = ContenderOptions.two();

    @Mixin
    NetworkOption.WithPrecision model = new NetworkOption.WithPrecision();

    @Mixin
    BenchOutput.Charted output = new BenchOutput.Charted();

    /** Whose answer came first. */
    private record First(Contender by, int label) {}

    private int started;
    private int published;

    @Override
    public Integer call() throws InterruptedException {
        Flags.allWithin("--versions", versions, 1, 100_000);
        Flags.within("--warm-up", warmUp, 0, 100);
        Flags.within("--rounds", rounds, 1, 1000);
        PeerModel served = model.model();
        return output.run("Turns", (folder, progress) -> measure(served, folder, progress));
    }

    StartupReport measure(PeerModel served, Path folder, Progress progress) throws InterruptedException {
        Machine machine = Machine.now();
        try (LocalStream stream = LocalStream.open(folder, "bench-startup")) {
            UntrainedModel untrained = served.published();
            return report(
                    machine,
                    progress,
                    count -> {
                        while (published < count) {
                            published = stream.publish(untrained);
                        }
                    },
                    (contender, round) -> start(stream, contender, folder));
        }
    }

    private Start start(LocalStream stream, Contender contender, Path folder) throws InterruptedException {
        String name = "start-" + started++;
        stream.beginAtNextEvent(name);
        stream.send(1);
        var command = contender.command(stream.assignment(name, model.model()), Guarantee.EXACTLY_ONCE_V2);
        return StartWatch.of(contender, command, stream.client(), folder.resolve(name + ".log"));
    }

    /**
     * Lets all be started, and says what came of it.
     *
     * @param publisher sees to it that there are so many versions
     * @throws IllegalStateException if the contenders do not give the same answer
     */
    StartupReport report(
            Machine machine, Progress progress, IntConsumer publisher, Turns.Turn<Contender, Start> starter)
            throws InterruptedException {
        List<Integer> counts = versions.stream().sorted().distinct().toList();
        List<Contender> all = contenders.list();
        // The others do not look at the topic, so their figures with the fewest versions are those with any number.
        List<Contender> readers =
                all.stream().filter(one -> one == Contender.HEMLINE).toList();
        var turns = new Turns(
                (long) (warmUp + rounds) * all.size() + (long) readers.size() * (counts.size() - 1) * rounds, progress);
        var first = new AtomicReference<@Nullable First>();
        List<StartupReport.Row> rows = new ArrayList<>();
        for (int count : counts) {
            turns.meanwhile("publishing " + count + " versions");
            publisher.accept(count);
            boolean fewest = count == counts.get(0);
            turns.play(fewest ? all : readers, Contender::title, fewest ? warmUp : 0, rounds, (contender, round) -> {
                        Start start = starter.take(contender, round);
                        first.compareAndSet(null, new First(contender, start.label()));
                        requireSame(first.get(), contender, start.label());
                        return start;
                    })
                    .forEach(taken -> rows.add(StartupReport.Row.of(taken.by(), count, taken.turns())));
        }
        return StartupReport.of(model.model(), rounds, machine, all, rows);
    }

    private static void requireSame(@Nullable First first, Contender contender, int label) {
        if (first != null && first.label() != label) {
            throw new IllegalStateException(contender.title() + " says " + label + " of an image of which "
                    + first.by().title() + " said " + first.label());
        }
    }
}
