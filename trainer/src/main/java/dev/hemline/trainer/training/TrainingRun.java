package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.trainer.training.TrainableModel.Step;
import java.util.function.BooleanSupplier;

/** Trains a network from its first weights to its last, once. */
public final class TrainingRun {
    private static final double NANOS = 1e9;
    private static final double FORGETTING = 0.05;

    /** Taking the weights out costs a tenth of a step, so not every step's go into the average. */
    private static final int AVERAGE_EVERY = 8;

    private static final double AVERAGE_RATE = 0.2;

    private final Recipe recipe;
    private final Network network;
    private final LabelledImages train;
    private final LabelledImages validation;
    private final ModelInput input;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final RunningMean loss = new RunningMean(FORGETTING);
    private final RunningMean accuracy = new RunningMean(FORGETTING);
    private final RunningMean secondsPerImage = new RunningMean(FORGETTING);
    private final WeightAverage average;
    private long imagesSeen;

    /**
     * @param train images to learn from, at least 2
     * @param validation images to judge by, at least 1
     * @param stop asked before every batch whether to end early
     */
    public TrainingRun(
            Recipe recipe,
            Network network,
            LabelledImages train,
            LabelledImages validation,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.recipe = recipe;
        this.network = network;
        this.train = train;
        this.validation = validation;
        this.input = PixelStatistics.of(train);
        this.listener = listener;
        this.stop = stop;
        this.average = new WeightAverage(Weights.initial(network, recipe.seed()), AVERAGE_RATE);
    }

    /** Trains until the last epoch's end or until told to stop; everything worth knowing goes to the listener. */
    public void run() {
        Batches batches = new Batches(train, recipe.batchSize(), recipe.seed());
        OneCycle schedule = OneCycle.over(batches.perEpoch() * recipe.epochs(), recipe.maxLearningRate());
        try (TrainableModel model =
                TrainableModel.of(network, average.value(), input, schedule, recipe.weightDecay())) {
            for (int epoch = 1; epoch <= recipe.epochs() && !stop.getAsBoolean(); epoch++) {
                runEpoch(epoch, model, batches, schedule);
            }
        }
    }

    private void runEpoch(int epoch, TrainableModel model, Batches batches, OneCycle schedule) {
        int done = 0;
        int total = batches.perEpoch() * batches.size();
        batches.startEpoch(epoch);
        while (batches.advance()) {
            if (stop.getAsBoolean()) {
                return;
            }
            train(model, batches);
            done += batches.size();
            int step = (int) (imagesSeen / batches.size());
            if (step % AVERAGE_EVERY == 0) {
                average.add(model.weights());
            }
            listener.trained(new TrainingProgress(
                    epoch,
                    recipe.epochs(),
                    done,
                    total,
                    imagesSeen,
                    loss.value(),
                    accuracy.value(),
                    schedule.at(step),
                    1 / secondsPerImage.value()));
            if (done < total && isDue(batches.size())) {
                validate(epoch, recipe.validationImages());
            }
        }
        validate(epoch, 0);
    }

    private void train(TrainableModel model, Batches batch) {
        long begin = System.nanoTime();
        Step step = model.step(batch.pixels(), batch.labels());
        if (!Double.isFinite(step.loss())) {
            throw new DivergedException(recipe.maxLearningRate(), imagesSeen);
        }
        imagesSeen += batch.size();
        loss.add(step.loss());
        accuracy.add((double) step.correct() / batch.size());
        secondsPerImage.add((System.nanoTime() - begin) / NANOS / batch.size());
    }

    private boolean isDue(int justTrained) {
        int every = recipe.validateEvery();
        return every > 0 && imagesSeen / every != (imagesSeen - justTrained) / every;
    }

    private void validate(int epoch, int limit) {
        int images = limit == 0 ? validation.size() : Math.min(limit, validation.size());
        ServingModel model = ServingModel.of(network, average.value(), input);
        Evaluation evaluation = model.evaluate(validation, images);
        listener.validated(new Validation(epoch, imagesSeen, images, evaluation.accuracy(), evaluation.loss()), model);
    }
}
