package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.command.ChartOutput;
import dev.hemline.benchmarks.command.MeasurementFolder;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.benchmarks.stream.ContenderOptions;
import dev.hemline.benchmarks.stream.ModelOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench latency}. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How long events wait for their results under a steady load, exactly once: by Hemline, also while it swaps its"
                    + " model; and by others under the very same loads.",
            "",
            "First each contender works a backlog off for 20 s; what it is able to do a second is its capacity. Then come loads: shares"
                    + " of the first contender's capacity, and half of each of the others'. Events are sent when they are due,"
                    + " whatever became of those before, and time counts from then to two readers, one of which waits for"
                    + " transactions. Every answer is compared.",
            ""
        })
public final class LatencyCommand implements Callable<Integer> {
    @Option(
            names = "--shares",
            paramLabel = "SHARE",
            split = ",",
            defaultValue = "0.1,0.5,0.8",
            description = "Loads as shares of the first contender's capacity. Default: ${DEFAULT-VALUE}")
    List<Double> shares = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "6",
            description =
                    "How long each load lasts, after a second that does not count. Where models are swapped, there"
                            + " is a swap in each 10 s, and at least one. Default: ${DEFAULT-VALUE}")
    double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "How long a process is kept busy before its first load. Default: ${DEFAULT-VALUE}")
    double warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Turns of each contender. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Events to find the capacities with; there have to be more than one works off in 20 s."
                    + " Default: ${DEFAULT-VALUE}")
    int backlog;

    @Mixin
    ContenderOptions contenders = ContenderOptions.two();

    @Mixin
    ModelOptions model = new ModelOptions();

    @Mixin
    ReportOutput output = new ReportOutput();

    @Mixin
    ChartOutput chart = new ChartOutput();

    @Override
    public Integer call() throws InterruptedException {
        var settings = new LatencySettings(
                contenders.ways(), shares, duration(seconds), duration(warmUp), rounds, backlog, model.model());
        output.requireWritable();
        chart.requireWritable();
        LatencyReport report = MeasurementFolder.lend(
                "bench-latency", (folder, turns) -> new LatencyBench(settings, folder, turns).run());
        output.write(LatencyTable.lines(report), report);
        chart.write(
                "How long an event waits, " + report.model(),
                "milliseconds within which 99 of 100 committed results are read",
                0,
                LatencyTable.bars(report));
        return 0;
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
