package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.command.NetworkOption;
import dev.hemline.benchmarks.command.ReportOutput;
import dev.hemline.benchmarks.tournament.TurnBar;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench training}. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How many images a second a network learns from: built of DJL's own blocks, as most people would (NCHW, float32),"
                    + " and as Hemline trains it, in float32 and, where the processor multiplies it, in bfloat16. And how"
                    + " soon Hemline gets 90 %% of the validation images right.",
            "",
            "All train the same network on the same images, one after the other and round after round. Hemline's part is what"
                    + " hemline train does: images are varied and weights averaged. DJL's does without.",
            ""
        })
public final class TrainingCommand implements Runnable {
    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns of each that count, after one that does not. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long a turn takes. Default: ${DEFAULT-VALUE}")
    double seconds;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Images per step. Default: by network, as hemline train has it")
    @Nullable
    Integer batchSize;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of libtorch. Default: one per processor")
    int threads = TorchEngine.recommendedThreads();

    @Option(
            names = "--no-race",
            description = "Leave out training to 90 %% validation accuracy, which takes a minute or more.")
    boolean noRace;

    @Mixin
    DataOptions images = new DataOptions();

    @Mixin
    ReportOutput output = new ReportOutput();

    @Override
    public void run() {
        TrainingBenchSettings settings = settings();
        output.requireWritable();
        TrainingReport report = measure(settings, images.split());
        output.write(TrainingTable.lines(report), report);
    }

    private TrainingBenchSettings settings() {
        Recipe own = Recipes.of(network.name());
        Recipe recipe = batchSize == null ? own : own.withBatchSize(batchSize);
        return new TrainingBenchSettings(
                recipe, rounds, Duration.ofMillis(Math.round(seconds * 1000)), threads, !noRace);
    }

    private static TrainingReport measure(TrainingBenchSettings settings, Split data) {
        int batchSize = settings.recipe().batchSize();
        if (batchSize > data.train().size()) {
            throw new IllegalArgumentException("--batch-size " + batchSize + " is more than the "
                    + data.train().size() + " images there are to train with");
        }
        try (TurnBar bar = TurnBar.open()) {
            return new TrainingBench(settings, data, new BenchBar(bar)).run();
        }
    }
}
