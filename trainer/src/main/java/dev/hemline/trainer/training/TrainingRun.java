package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.trainer.training.TrainableModel.Step;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains a network from its first weights to its last, once; goes on where a checkpoint ends. */
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
    private final Checkpoints checkpoints;
    private final BooleanSupplier stop;
    private final RunningMean loss = new RunningMean(FORGETTING);
    private final RunningMean accuracy = new RunningMean(FORGETTING);
    private final RunningMean secondsPerImage = new RunningMean(FORGETTING);
    private final EpochHistory history = new EpochHistory();
    private Weights start;
    private Weights best;
    private WeightAverage average;
    private Descent.Memory memory = Descent.Memory.NONE;
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
            Checkpoints checkpoints,
            BooleanSupplier stop) {
        this.recipe = recipe;
        this.network = network;
        this.train = train;
        this.validation = validation;
        this.input = PixelStatistics.of(train);
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.stop = stop;
        this.start = Weights.initial(network, recipe.seed());
        this.best = start;
        this.average = new WeightAverage(start, 0, AVERAGE_RATE);
    }

    /**
     * Trains until the last epoch's end, until patience is lost or until told to stop; the listener hears everything worth
     * knowing.
     *
     * @return what came of it; empty if it was told to stop within the first epoch
     * @throws DivergedException if the loss became NaN or infinite
     * @throws CheckpointException if there is a checkpoint to go on from that cannot be used, or one cannot be written
     */
    public Optional<TrainingOutcome> run() {
        checkpoints.latest(network).ifPresent(this::goOnFrom);
        Batches batches = new Batches(train, recipe.augmentation(), recipe.batchSize(), recipe.seed());
        OneCycle schedule = OneCycle.over(
                batches.perEpoch() * recipe.epochs(),
                recipe.optimization().maxLearningRate(),
                recipe.optimization().warmUpSteps());
        try (TrainableModel model = TrainableModel.of(network, start, input, recipe, memory);
                BatchPipeline pipeline = new BatchPipeline(batches, history.size() + 1, recipe.epochs())) {
            while (!isOver() && !stop.getAsBoolean()) {
                if (!runEpoch(history.size() + 1, model, batches, pipeline, schedule)) {
                    break;
                }
                checkpoints.save(checkpoint(model));
            }
        }
        return history.isEmpty() ? Optional.empty() : Optional.of(outcome());
    }

    private void goOnFrom(Checkpoint checkpoint) {
        if (!checkpoint.recipe().equals(story())) {
            throw new CheckpointException("cannot go on from a checkpoint of another training: it had "
                    + checkpoint.recipe() + ", this has " + story()
                    + "; give the flags that it began with, or train without --resume");
        }
        start = checkpoint.weights();
        memory = checkpoint.memory();
        average = new WeightAverage(checkpoint.average(), checkpoint.averaged(), AVERAGE_RATE);
        best = checkpoint.best();
        checkpoint.history().forEach(history::add);
        imagesSeen = history.last().imagesSeen();
    }

    private Checkpoint checkpoint(TrainableModel model) {
        return new Checkpoint(
                story(), model.weights(), model.memory(), average.value(), average.count(), best, history.all());
    }

    private String story() {
        return recipe + " on " + train.size() + " images";
    }

    private boolean isOver() {
        return history.size() == recipe.epochs() || history.hasLost(recipe.patience());
    }

    private TrainingOutcome outcome() {
        return new TrainingOutcome(ServingModel.of(network, best, input), history.best(), history.all(), isOver());
    }

    /** False if it was told to stop before the end. */
    private boolean runEpoch(
            int epoch, TrainableModel model, Batches batches, BatchPipeline pipeline, OneCycle schedule) {
        long begin = System.nanoTime();
        int total = batches.perEpoch() * batches.size();
        double lossSum = 0;
        int correct = 0;
        for (int done = batches.size(); done <= total; done += batches.size()) {
            if (stop.getAsBoolean()) {
                return false;
            }
            double rate = schedule.at((int) (imagesSeen / batches.size()) + 1);
            Step step = train(model, pipeline, rate);
            lossSum += step.loss();
            correct += step.correct();
            if (imagesSeen / batches.size() % AVERAGE_EVERY == 0) {
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
                    rate,
                    1 / secondsPerImage.value()));
            if (done < total && isDue(batches.size())) {
                validate(epoch, recipe.validationImages());
            }
        }
        Validation result = validate(epoch, 0);
        history.add(new EpochResult(
                epoch,
                imagesSeen,
                schedule.at((int) (imagesSeen / batches.size())),
                lossSum / batches.perEpoch(),
                (double) correct / total,
                result.loss(),
                result.accuracy(),
                (System.nanoTime() - begin) / NANOS));
        if (history.best().epoch() == epoch) {
            best = average.value();
        }
        listener.epochEnded(history.all());
        return true;
    }

    private Step train(TrainableModel model, BatchPipeline pipeline, double learningRate) {
        Batch batch = pipeline.take();
        long begin = System.nanoTime();
        Step step = model.step(batch, learningRate);
        if (!Double.isFinite(step.loss())) {
            throw new DivergedException(recipe.optimization().maxLearningRate(), imagesSeen);
        }
        imagesSeen += batch.size();
        loss.add(step.loss());
        accuracy.add((double) step.correct() / batch.size());
        secondsPerImage.add((System.nanoTime() - begin) / NANOS / batch.size());
        pipeline.release(batch);
        return step;
    }

    private boolean isDue(int justTrained) {
        int every = recipe.validateEvery();
        return every > 0 && imagesSeen / every != (imagesSeen - justTrained) / every;
    }

    private Validation validate(int epoch, int limit) {
        int images = limit == 0 ? validation.size() : Math.min(limit, validation.size());
        ServingModel model = ServingModel.of(network, average.value(), input);
        Evaluation evaluation = model.evaluate(validation, images);
        Validation result = new Validation(epoch, imagesSeen, images, evaluation.accuracy(), evaluation.loss());
        listener.validated(result, model);
        return result;
    }
}
