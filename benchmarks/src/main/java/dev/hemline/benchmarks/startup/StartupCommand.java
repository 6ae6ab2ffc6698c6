package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.command.ChartOutput;
import dev.hemline.benchmarks.command.MeasurementFolder;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.benchmarks.stream.ContenderOptions;
import dev.hemline.benchmarks.stream.ModelOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench startup}. */
@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How soon a classifying process that is started says that it is ready, and an event that was waiting has its"
                    + " result; with few and with many model versions on their topic.",
            "",
            "All are started in turn, round after round. Hemline's log tells what it did"
                    + " on the way. The others have their model with them and look at no topic for it.",
            ""
        })
public final class StartupCommand implements Callable<Integer> {
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
    ModelOptions model = new ModelOptions();

    @Mixin
    ReportOutput output = new ReportOutput();

    @Mixin
    ChartOutput chart = new ChartOutput();

    @Override
    public Integer call() throws InterruptedException {
        var settings = new StartupSettings(contenders.ways(), versions, warmUp, rounds, model.model());
        output.requireWritable();
        chart.requireWritable();
        StartupReport report = MeasurementFolder.lend(
                "bench-startup", (folder, turns) -> new StartupBench(settings, folder, turns).run());
        output.write(StartupTable.lines(report), report);
        chart.write(
                "Start-up, " + report.model(),
                "seconds from the start to the first committed result",
                1,
                StartupTable.bars(report));
        return 0;
    }
}
