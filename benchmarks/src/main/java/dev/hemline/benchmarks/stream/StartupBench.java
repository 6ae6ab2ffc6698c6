package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.peer.Guarantee;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.benchmarks.stream.StartupReport.Row;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
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
public final class StartupBench extends Bench.Charted<StartupReport> {
    @Option(
            names = "--versions",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,100,1000",
            description = "Model versions on their topic; each is 0.3 MB or more.")
    @Within({1, 100_000})
    List<Integer> versions = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Starts of each that count.")
    @Within({1, 1000})
    int rounds = 5;

    @Option(names = "--warm-up", paramLabel = "N", description = "Starts of each before those that count.")
    @Within({0, 100})
    int warmUp = 1;

    @Mixin
    ContenderOptions contenders = new ContenderOptions(Contender.HEMLINE, Contender.PER_RECORD_DJL_BLOCKS);

    @Mixin
    NetworkOption.WithPrecision model = new NetworkOption.WithPrecision();

    private int started;
    private int published;

    @Override
    protected StartupReport measure(Run run) throws InterruptedException {
        try (LocalStream stream = new LocalStream(run.folder(), "bench-startup")) {
            UntrainedModel untrained = model.model().published();
            return report(
                    run,
                    count -> {
                        while (published < count) {
                            published = stream.publish(untrained);
                        }
                    },
                    (contender, round) -> start(stream, contender, run.folder()));
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
    StartupReport report(Run run, IntConsumer publisher, Turns.Turn<Contender, Start> starter)
            throws InterruptedException {
        List<Integer> counts = versions.stream().sorted().distinct().toList();
        List<Contender> all = contenders.list();
        // The others do not look at the topic, so their figures with the fewest versions are those with any number.
        List<Contender> readers =
                all.stream().filter(one -> one == Contender.HEMLINE).toList();
        var turns = new Turns(
                (long) (warmUp + rounds) * all.size() + (long) readers.size() * (counts.size() - 1) * rounds,
                run.progress());
        Map<Contender, Integer> labels = new LinkedHashMap<>();
        Map<Contender, List<Row>> rows = new LinkedHashMap<>();
        for (int count : counts) {
            turns.meanwhile("publishing " + count + " versions");
            publisher.accept(count);
            boolean fewest = count == counts.get(0);
            turns.play(fewest ? all : readers, Contender::title, fewest ? warmUp : 0, rounds, (contender, round) -> {
                        Start start = starter.take(contender, round);
                        labels.putIfAbsent(contender, start.label());
                        requireFirst(labels, contender, start.label());
                        return start;
                    })
                    .forEach(taken -> rows.computeIfAbsent(taken.by(), contender -> new ArrayList<>())
                            .add(Row.of(taken.by(), count, taken.turns())));
        }
        List<Row> byContender = rows.values().stream().flatMap(List::stream).toList();
        return new StartupReport(model.model(), rounds, run.machine(), byContender);
    }

    /** @param labels of all who were asked, the first of them first */
    private static void requireFirst(Map<Contender, Integer> labels, Contender contender, int label) {
        var first = labels.entrySet().iterator().next();
        if (first.getValue() != label) {
            throw new IllegalStateException(contender.title() + " says " + label + " of an image of which "
                    + first.getKey().title() + " said " + first.getValue());
        }
    }
}
