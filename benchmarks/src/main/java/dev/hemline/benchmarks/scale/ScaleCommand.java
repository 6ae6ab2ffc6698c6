package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.command.ChartOutput;
import dev.hemline.benchmarks.command.MeasurementFolder;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.benchmarks.stream.ModelOptions;
import dev.hemline.service.CommandLineApp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench scale}. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "What processor time an event costs the classifier, and how many it does in a second: with more partitions, a"
                    + " longer backlog, more instances, larger images; each varied alone.",
            "",
            "A backlog is one transaction, so that all of it is there at once. It is measured from then until every result"
                    + " is committed, in classifiers that have run for a while; starting and warming up do not count.",
            "",
            "Exit code 1 if an event did not come back exactly once.",
            ""
        },
        footer = {"", "Example:", "  hemline bench scale --only backlog --backlogs 1000,1000000"})
public final class ScaleCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Vary only these: ${COMPLETION-CANDIDATES}. Default: all")
    List<Dimension> only = new ArrayList<>(List.of(Dimension.values()));

    @Option(
            names = "--partitions",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,4,16,48",
            description = "Of the topics of events and results. Default: ${DEFAULT-VALUE}")
    List<Integer> partitions = new ArrayList<>();

    @Option(
            names = "--backlogs",
            paramLabel = "N",
            split = ",",
            defaultValue = "1000,10000,100000",
            description = "Events; a turn with small ones has several, one after the other. Default: ${DEFAULT-VALUE}")
    List<Integer> backlogs = new ArrayList<>();

    @Option(
            names = "--instances",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2",
            description = "Classifiers that share the work. Default: ${DEFAULT-VALUE}")
    List<Integer> instances = new ArrayList<>();

    @Option(
            names = "--sizes",
            paramLabel = "BYTES",
            split = ",",
            defaultValue = "784,10000,100000,1000000",
            description = "Of images: 784 for raw pixels, otherwise JPEG files. Default: ${DEFAULT-VALUE}")
    List<Integer> sizes = new ArrayList<>();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "20000",
            description = "In a turn; fewer of large images. Default: ${DEFAULT-VALUE}")
    int events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "50000",
            description = "Events before the first turn, until compilers and allocators have settled."
                    + " Default: ${DEFAULT-VALUE}")
    int warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often every value has its turn. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Mixin
    ModelOptions model = new ModelOptions();

    @Mixin
    ReportOutput output = new ReportOutput();

    @Mixin
    ChartOutput chart = new ChartOutput();

    @Override
    public Integer call() throws InterruptedException {
        var settings =
                new ScaleSettings(only, partitions, backlogs, instances, sizes, events, warmUp, rounds, model.model());
        output.requireWritable();
        chart.requireWritable();
        ScaleReport report =
                MeasurementFolder.lend("bench-scale", (folder, turns) -> new ScaleBench(settings, folder, turns).run());
        output.write(ScaleTable.lines(report), report);
        chart.write(
                "What an event costs, " + report.model(),
                "processor microseconds an event",
                0,
                ScaleTable.bars(report));
        return report.outcomes().exactlyOnce() ? 0 : CommandLineApp.FAILED;
    }
}
