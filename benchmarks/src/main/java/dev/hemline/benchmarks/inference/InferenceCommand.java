package dev.hemline.benchmarks.inference;

import dev.hemline.benchmarks.command.ChartOutput;
import dev.hemline.benchmarks.command.NetworkOption;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.benchmarks.tournament.TurnBar;
import dev.hemline.insight.data.DataOptions;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench inference}. */
@Command(
        name = "inference",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How many images a second one core classifies with the same network and weights: built of DJL's own blocks, as"
                    + " TorchScript the way torch.jit.save leaves it, by ONNX Runtime, and as Hemline serves it. And what share"
                    + " that is of the fastest the core can multiply matrices.",
            "",
            "All take turns, batch size by batch size and round after round; before that their answers are compared.",
            ""
        })
public final class InferenceCommand implements Runnable {
    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--batches",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8,32,64,128",
            description = "Images per call. Default: ${DEFAULT-VALUE}")
    List<Integer> batches = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns of each that count, after one that does not. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long a turn takes. Default: ${DEFAULT-VALUE}")
    double seconds;

    @Mixin
    DataOptions images = new DataOptions();

    @Mixin
    ReportOutput output = new ReportOutput();

    @Mixin
    ChartOutput chart = new ChartOutput();

    @Override
    public void run() {
        var settings =
                new InferenceSettings(network.name(), batches, rounds, Duration.ofMillis(Math.round(seconds * 1000)));
        output.requireWritable();
        chart.requireWritable();
        InferenceReport report = measure(settings);
        output.write(InferenceTable.lines(report), report);
        chart.write(
                "Inference, " + report.network(),
                "images a second on one core, with the batch size that suits each best",
                0,
                InferenceTable.bars(report));
    }

    private InferenceReport measure(InferenceSettings settings) {
        var test = images.split().test();
        try (TurnBar bar = TurnBar.open()) {
            return new InferenceBench(settings, test, bar).run();
        }
    }
}
