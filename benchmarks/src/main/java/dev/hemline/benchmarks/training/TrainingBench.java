package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.peer.DjlTraining;
import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.benchmarks.tournament.Contender;
import dev.hemline.benchmarks.tournament.Ratio;
import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.benchmarks.tournament.StepTimer;
import dev.hemline.benchmarks.tournament.Tournament;
import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
import dev.hemline.trainer.training.Recipe;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Trains the same network on the same images in every way there is to compare. */
final class TrainingBench {
    private final TrainingBenchSettings settings;
    private final Recipe recipe;
    private final Split data;
    private final Network network;
    private final ModelInput input;
    private final BenchProgress progress;

    /** @param data at least as many training images as a batch has */
    TrainingBench(TrainingBenchSettings settings, Split data, BenchProgress progress) {
        LabelledImages train = data.train();
        this.settings = settings;
        this.recipe = settings.recipe();
        this.data = data;
        this.network = Networks.named(
                recipe.network(),
                new Dimensions(1, train.height(), train.width()),
                train.classNames().size());
        this.input = PixelStatistics.of(train);
        this.progress = progress;
    }

    TrainingReport run() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        TorchEngine.start(settings.threads());
        double difference =
                new SameFunction(network, input).check(LivedInWeights.of(network, recipe.seed()), data.validation());
        List<Speed> speeds = speeds();
        return new TrainingReport(
                network.name(),
                network.parameters(),
                difference,
                recipe.batchSize(),
                settings.threads(),
                Runtime.getRuntime().availableProcessors(),
                load,
                settings.rounds(),
                settings.turn().toMillis() / 1e3,
                speeds,
                speeds.stream()
                        .skip(1)
                        .map(speed -> Ratio.of(speed, speeds.get(0)))
                        .toList(),
                settings.race() ? race() : null);
    }

    private List<Speed> speeds() {
        Weights start = Weights.initial(network, recipe.seed());
        try (var blocks = new DjlTraining(network, start, data.train(), input, recipe.batchSize())) {
            List<Contender> contenders = new ArrayList<>();
            contenders.add(
                    contender("djl-blocks-nchw-float32", timer -> blocks.train(new LearningSteps(timer)::learnt)));
            contenders.add(hemline(Precision.FLOAT32));
            if (recipe.precision() != Precision.FLOAT32) {
                contenders.add(hemline(recipe.precision()));
            }
            return new Tournament(settings.rounds(), settings.turn(), progress).speeds(contenders);
        }
    }

    private Contender hemline(Precision precision) {
        Recipe endless = MeasuredRecipe.endless(recipe, precision);
        return contender(name(precision), timer -> HemlineTurn.run(endless, network, data, timer));
    }

    private Contender contender(String name, Consumer<StepTimer> turn) {
        return new Contender(name, recipe.batchSize(), turn);
    }

    private RaceResult race() {
        return Race.run(name(recipe.precision()), recipe, network, data, progress::validated);
    }

    private static String name(Precision precision) {
        return "hemline-" + precision.name().toLowerCase(Locale.ROOT);
    }
}
