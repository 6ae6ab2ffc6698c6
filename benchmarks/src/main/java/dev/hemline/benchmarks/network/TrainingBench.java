package dev.hemline.benchmarks.network;

import dev.hemline.benchmarks.network.Tournament.Entrant;
import dev.hemline.benchmarks.network.TrainingReport.Race;
import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.benchmarks.peer.DjlTraining;
import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench training}: trains the same network on the same images in every way there is to compare. */
@Command(
        name = "training",
        description = {
            "How many images a second a network learns from: built of DJL's own blocks, as most people would (NCHW, float32),"
                    + " and as Hemline trains it, in float32 and, where the processor multiplies it, in bfloat16. And how"
                    + " soon Hemline gets 90 %% of the validation images right.",
            "",
            "All train the same network on the same images, one after the other and round after round. Hemline's part is what"
                    + " hemline train does: images are varied and weights averaged. DJL's does without.",
            ""
        })
public final class TrainingBench extends Bench<TrainingReport> {
    private static final int COMPARED = 32;

    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each that count, after one that does not.")
    @Within({1, 1000})
    int rounds = 5;

    @Option(names = "--seconds", paramLabel = "SECONDS", defaultValue = "10", description = "How long a turn takes.")
    @Within({0.1, 3600})
    double seconds;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Images per step. Default: by network, as hemline train has it")
    @Nullable
    Integer batchSize;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of libtorch, one per processor unless told.")
    @Within({1, 1024})
    int threads = TorchEngine.recommendedThreads();

    @Option(
            names = "--no-race",
            description = "Leave out training to 90 %% validation accuracy, which takes a minute or more.")
    boolean noRace;

    @Mixin
    DataOptions images = new DataOptions();

    @Override
    protected void requireValidFlags() {
        recipe();
    }

    private Recipe recipe() {
        Recipe own = Recipes.of(network.name());
        return batchSize == null ? own : own.withBatchSize(batchSize);
    }

    @Override
    protected TrainingReport measure(Run run) throws InterruptedException {
        Split data = images.split();
        Recipe recipe = recipe();
        Flags.require(
                recipe.batchSize() <= data.train().size(),
                "--batch-size " + recipe.batchSize() + " is more than the "
                        + data.train().size() + " images there are to train with");
        return measure(recipe, Flags.seconds(seconds), data, run);
    }

    /** @param data at least as many training images as a batch has */
    TrainingReport measure(Recipe recipe, Duration turn, Split data, Run run) throws InterruptedException {
        TorchEngine.start(threads);
        Network layers = Lineup.network(recipe.network(), data.train());
        ModelInput input = PixelStatistics.of(data.train());
        double difference =
                requireSameFunction(layers, input, LivedInWeights.of(layers, recipe.seed()), data.validation());
        var training = new HemlineTraining(recipe, data);
        List<Speed> speeds = speeds(training, input, new Tournament(rounds, turn, run.progress()));
        return new TrainingReport(
                layers.name(),
                layers.parameters(),
                difference,
                recipe.batchSize(),
                threads,
                run.machine(),
                rounds,
                turn.toMillis() / 1e3,
                speeds,
                speeds.stream()
                        .skip(1)
                        .map(speed -> speed.ratioTo(speeds.get(0)))
                        .toList(),
                noRace ? null : race(training, run.progress(), (1L + rounds) * speeds.size()));
    }

    private List<Speed> speeds(HemlineTraining training, ModelInput input, Tournament tournament)
            throws InterruptedException {
        Recipe recipe = training.recipe();
        Network layers = Lineup.network(recipe.network(), training.data().train());
        Weights start = Weights.initial(layers, recipe.seed());
        try (var blocks = new DjlTraining(layers, start, training.data().train(), input, recipe.batchSize())) {
            List<Entrant> entrants = new ArrayList<>();
            entrants.add(new Entrant(
                    "djl-blocks-nchw-float32", recipe.batchSize(), timer -> blocks.train(loss -> learnt(loss, timer))));
            Stream.of(Precision.FLOAT32, recipe.precision())
                    .distinct()
                    .forEach(precision -> entrants.add(new Entrant(
                            name(precision), recipe.batchSize(), timer -> training.turn(precision, timer))));
            return tournament.speeds(entrants);
        }
    }

    private static Race race(HemlineTraining training, Progress progress, long turns) {
        return training.race(
                name(training.recipe().precision()),
                validation -> progress.at(turns, turns, Lines.text("race: %.1f %%", validation.accuracy() * 100)));
    }

    private static String name(Precision precision) {
        return "hemline-" + precision.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A step of a training has just ended.
     *
     * @param loss what it found
     * @return whether there is time for another
     * @throws IllegalStateException if the loss is no number: then nothing is learnt, which may be faster
     */
    static boolean learnt(double loss, StepTimer timer) {
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("training diverged");
        }
        return timer.stepped();
    }

    /**
     * Whether the blocks of DJL and our archive are one network: nobody is to win by computing something else.
     *
     * @param asked at least one image; the first few are used
     * @return the largest difference between two probabilities
     * @throws IllegalStateException if they have not as many parameters, or do not answer alike
     */
    static double requireSameFunction(Network layers, ModelInput input, Weights weights, LabelledImages asked) {
        try (var ours = PeerModel.served(
                        TorchScriptArchive.write(layers, weights), Precision.FLOAT32, input, layers.outputs());
                var blocks = DjlBlocksClassifier.open(layers, weights, input)) {
            if (blocks.parameters() != ours.parameters()) {
                throw new IllegalStateException("the blocks of " + layers.name() + " have " + blocks.parameters()
                        + " parameters, the archive has " + ours.parameters());
            }
            return Agreement.between(ours, blocks, asked, COMPARED)
                    .require("blocks and archive of " + layers.name(), Agreement.ROUNDING)
                    .largestDifference();
        }
    }
}
