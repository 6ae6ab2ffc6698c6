package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Trains a network from its first weights to its last, once; goes on where a checkpoint ends. */
public final class TrainingRun {
    /** Taking the weights out costs a tenth of a step, so not every step's go into the average. */
    private static final int AVERAGE_EVERY = 8;

    private final Recipe recipe;
    private final TrainingTask task;
    private final Network network;
    private final Batches batches;
    private final LabelledImages sample;
    private final TrainingListener listener;
    private final BooleanSupplier stop;
    private final ProgressMeter meter = new ProgressMeter();
    private final List<EpochResult> history = new ArrayList<>();
    private Weights start;
    private Weights best;
    /** Those weights as they would be published; null after a checkpoint, until they are known or needed. */
    private @Nullable ServingModel bestModel;

    private EmaWeights average;
    private OptimizerState.Memory memory = OptimizerState.Memory.NONE;
    private long imagesSeen;

    /**
     * What came of a training that went on to its end.
     *
     * @param best the network after the epoch that validated best
     * @param bestEpoch that epoch
     * @param history every epoch, those before an interruption included
     */
    public record Outcome(ServingModel best, EpochResult bestEpoch, List<EpochResult> history) {

        public Outcome {
            history = List.copyOf(history);
        }
    }

    /**
     * A training from its beginning.
     *
     * @param stop asked before every batch whether to end early
     */
    public TrainingRun(Recipe recipe, TrainingTask task, TrainingListener listener, BooleanSupplier stop) {
        this.recipe = recipe;
        this.task = task;
        this.network = task.network();
        this.batches =
                new Batches(task.images(), task.order(), recipe.augmentation(), recipe.batchSize(), recipe.seed());
        this.sample =
                recipe.validationImages() == 0 ? task.heldOut() : task.heldOut().first(recipe.validationImages());
        this.listener = listener;
        this.stop = stop;
        this.start = task.weights();
        this.best = start;
        this.average = new EmaWeights(start, 0);
    }

    /**
     * Goes on where that training was, to the same end as if it had not been interrupted.
     *
     * @throws UserError if that was another training
     */
    public void goOnFrom(Checkpoint checkpoint) {
        if (!checkpoint.recipe().equals(story())) {
            throw new UserError("cannot go on from a checkpoint of another training: it had "
                    + checkpoint.recipe() + ", this has " + story()
                    + "; give the flags that it began with, --threads among them, or train without --resume");
        }
        start = checkpoint.weights();
        memory = checkpoint.memory();
        average = new EmaWeights(checkpoint.average(), checkpoint.averaged());
        best = checkpoint.best();
        history.addAll(checkpoint.history());
        imagesSeen = checkpoint.last().imagesSeen();
    }

    /** As {@link #run(Teacher)}, with a recipe that has no teacher. */
    public Optional<Outcome> run() {
        return run(Teacher.NONE);
    }

    /**
     * Trains until the last epoch's end, until patience is lost or until told to stop; the listener hears everything worth
     * knowing.
     *
     * @param teacher of whom the recipe tells; no longer asked when this returns
     * @return what came of it; empty if it was told to stop before its end
     * @throws TrainingFailedException if the loss became NaN or infinite
     */
    public Optional<Outcome> run(Teacher teacher) {
        OneCycle schedule = OneCycle.over(
                batches.perEpoch() * recipe.epochs(),
                recipe.optimization().maxLearningRate(),
                recipe.optimization().warmUpSteps());
        try (Replicas model = new Replicas(network, start, task.input(), recipe, memory, batches.size());
                BatchPipeline pipeline = new BatchPipeline(batches, teacher, history.size() + 1, recipe.epochs())) {
            while (!recipe.isOver(history) && !stop.getAsBoolean()) {
                if (runEpoch(history.size() + 1, model, pipeline, schedule)) {
                    listener.epochEnded(checkpoint(model));
                }
            }
        } finally {
            listener.ended();
        }
        return recipe.isOver(history) ? Optional.of(outcome()) : Optional.empty();
    }

    private Checkpoint checkpoint(Replicas model) {
        return new Checkpoint(
                story(), model.weights(), model.memory(), average.value(), average.count(), best, history);
    }

    private String story() {
        int parts = Replicas.count(batches.size(), TorchEngine.threads());
        return recipe + " on " + task.images().size() + " images"
                + (parts == 1 ? "" : ", each batch in " + parts + " parts");
    }

    private Outcome outcome() {
        ServingModel chosen =
                bestModel == null ? calibrated(best, task.heldOut()).model() : bestModel;
        return new Outcome(chosen, EpochResult.best(history), history);
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
        ServingModel.Calibrated candidate = calibrated(average.value(), task.heldOut());
        history.add(meter.epoch(validate(epoch, candidate), schedule.at(stepsTaken())));
        if (EpochResult.best(history).epoch() == epoch) {
            best = average.value();
            bestModel = candidate.model();
        }
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
        return ServingModel.calibrated(network, weights, task.input(), heldOut);
    }

    private Validation validate(int epoch, ServingModel.Calibrated candidate) {
        Answers answers = candidate.answers();
        Validation result = new Validation(epoch, imagesSeen, answers.size(), answers.accuracy(), answers.loss());
        listener.validated(result, candidate.model());
        return result;
    }
}
