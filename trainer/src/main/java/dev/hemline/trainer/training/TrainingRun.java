package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains a network from its first weights to its last, once; goes on where a checkpoint ends. */
public final class TrainingRun {
    /** Taking the weights out costs a tenth of a step, so not every step's go into the average. */
    private static final int AVERAGE_EVERY = 8;

    private static final double AVERAGE_RATE = 0.2;

    private final Recipe recipe;
    private final Network network;
    private final Batches batches;
    private final LabelledImages validation;
    private final LabelledImages sample;
    private final ModelInput input;
    private final TrainingListener listener;
    private final Checkpoints checkpoints;
    private final BooleanSupplier stop;
    private final ProgressMeter meter = new ProgressMeter();
    private final EpochHistory history = new EpochHistory();
    private Weights start;
    private Weights best;
    /** Those weights as they would be published; null after a checkpoint, until they are known or needed. */
    private @Nullable ServingModel bestModel;

    private EmaWeights average;
    private OptimizerState.Memory memory = OptimizerState.Memory.NONE;
    private long imagesSeen;

    /**
     * @param train images to learn from, at least 2
     * @param validation images to judge by, at least 1
     * @param first weights to begin with, {@link Weights#initial} for instance
     * @param stop asked before every batch whether to end early
     */
    public TrainingRun(
            Recipe recipe,
            Network network,
            LabelledImages train,
            LabelledImages validation,
            Weights first,
            TrainingListener listener,
            Checkpoints checkpoints,
            BooleanSupplier stop) {
        this.recipe = recipe;
        this.network = network;
        this.batches = new Batches(train, recipe.augmentation(), recipe.batchSize(), recipe.seed());
        this.validation = validation;
        this.sample = recipe.validationImages() == 0 ? validation : validation.first(recipe.validationImages());
        this.input = PixelStatistics.of(train);
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.stop = stop;
        this.start = first;
        this.best = start;
        this.average = new EmaWeights(start, 0, AVERAGE_RATE);
    }

    /** As {@link #run(Teacher)}, with a recipe that has no teacher. */
    public Optional<TrainingOutcome> run() {
        return run(Teacher.NONE);
    }

    /**
     * Trains until the last epoch's end, until patience is lost or until told to stop; the listener hears everything worth
     * knowing.
     *
     * @param teacher of whom the recipe tells; no longer asked when this returns
     * @return what came of it; empty if it was told to stop before its end
     * @throws TrainingFailedException if the loss became NaN or infinite
     * @throws UserError if there is a checkpoint to go on from that cannot be used, or one cannot be written
     */
    public Optional<TrainingOutcome> run(Teacher teacher) {
        checkpoints.latest(network).ifPresent(this::goOnFrom);
        OneCycle schedule = OneCycle.over(
                batches.perEpoch() * recipe.epochs(),
                recipe.optimization().maxLearningRate(),
                recipe.optimization().warmUpSteps());
        try (Replicas model = new Replicas(network, start, input, recipe, memory, batches.size());
                BatchPipeline pipeline = new BatchPipeline(batches, teacher, history.size() + 1, recipe.epochs())) {
            while (!isOver() && !stop.getAsBoolean()) {
                if (!runEpoch(history.size() + 1, model, pipeline, schedule)) {
                    break;
                }
                checkpoints.save(checkpoint(model));
            }
        }
        return isOver() ? Optional.of(outcome()) : Optional.empty();
    }

    private void goOnFrom(Checkpoint checkpoint) {
        if (!checkpoint.recipe().equals(story())) {
            throw new UserError("cannot go on from a checkpoint of another training: it had "
                    + checkpoint.recipe() + ", this has " + story()
                    + "; give the flags that it began with, --threads among them, or train without --resume");
        }
        start = checkpoint.weights();
        memory = checkpoint.memory();
        average = new EmaWeights(checkpoint.average(), checkpoint.averaged(), AVERAGE_RATE);
        best = checkpoint.best();
        checkpoint.history().forEach(history::add);
        imagesSeen = history.last().imagesSeen();
    }

    private Checkpoint checkpoint(Replicas model) {
        return new Checkpoint(
                story(), model.weights(), model.memory(), average.value(), average.count(), best, history.all());
    }

    private String story() {
        int parts = Replicas.count(batches.size(), TorchEngine.threads());
        return recipe + " on " + batches.images() + " images"
                + (parts == 1 ? "" : ", each batch in " + parts + " parts");
    }

    private boolean isOver() {
        return history.size() == recipe.epochs() || history.hasLost(recipe.patience());
    }

    private TrainingOutcome outcome() {
        ServingModel chosen = bestModel == null ? calibrated(best, validation).model() : bestModel;
        return new TrainingOutcome(chosen, history.best(), history.all());
    }

    /** False if it was told to stop before the end. */
    private boolean runEpoch(int epoch, Replicas model, BatchPipeline pipeline, OneCycle schedule) {
        int size = batches.size();
        int total = batches.perEpoch() * size;
        meter.startEpoch();
        for (int done = size; done <= total; done += size) {
            if (stop.getAsBoolean()) {
                return false;
            }
            double rate = schedule.at(stepsTaken() + 1);
            train(model, pipeline, rate);
            if (stepsTaken() % AVERAGE_EVERY == 0) {
                average.add(model.weights());
            }
            listener.trained(meter.progress(epoch, recipe.epochs(), total, imagesSeen, rate));
            if (done < total && isDue()) {
                validate(epoch, calibrated(average.value(), sample));
            }
        }
        ServingModel.Calibrated candidate = calibrated(average.value(), validation);
        history.add(meter.epoch(validate(epoch, candidate), schedule.at(stepsTaken())));
        if (history.best().epoch() == epoch) {
            best = average.value();
            bestModel = candidate.model();
        }
        listener.epochEnded(history.all());
        return true;
    }

    private int stepsTaken() {
        return Math.toIntExact(imagesSeen / batches.size());
    }

    private void train(Replicas model, BatchPipeline pipeline, double learningRate) {
        long begin = System.nanoTime();
        Batch batch = pipeline.take();
        Step step = model.step(batch, learningRate);
        if (!Double.isFinite(step.loss())) {
            throw new TrainingFailedException("training diverged after " + imagesSeen
                    + " images; a learning rate below " + recipe.optimization().maxLearningRate()
                    + " may prevent it");
        }
        imagesSeen += batch.size();
        meter.add(step, batch.size(), System.nanoTime() - begin);
        pipeline.release(batch);
    }

    private boolean isDue() {
        int every = recipe.validateEvery();
        return every > 0 && imagesSeen / every != (imagesSeen - batches.size()) / every;
    }

    private ServingModel.Calibrated calibrated(Weights weights, LabelledImages heldOut) {
        return ServingModel.calibrated(network, weights, input, heldOut);
    }

    private Validation validate(int epoch, ServingModel.Calibrated candidate) {
        Answers answers = candidate.answers();
        Validation result = new Validation(epoch, imagesSeen, answers.size(), answers.accuracy(), answers.loss());
        listener.validated(result, candidate.model());
        return result;
    }
}
