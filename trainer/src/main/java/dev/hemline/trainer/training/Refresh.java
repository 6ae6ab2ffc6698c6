package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Goes on training a network that serves, so that it learns what traffic looks like now and does not forget what it knew: half of each batch
 * is traffic, the other half images that it learnt from before. Traffic is what people have labelled, and, where a {@link LikelyChange} is found, images
 * whose labels are known, so changed. Where none is, there is a second round with what nobody has labelled, by the labels that the network gives by itself
 * now, as far as it is sure of them (self-training).
 *
 * @param served the network as it serves, without batch norm
 * @param input how it sees images
 * @param anchor images that it learnt from before
 * @param labelled traffic of now
 * @param recent traffic of now, its labels not looked at; may be none
 * @param heldOut images that calibrate it
 */
public record Refresh(
        Recipe recipe,
        Folded served,
        ModelInput input,
        LabelledImages anchor,
        LabelledImages labelled,
        LabelledImages recent,
        LabelledImages heldOut) {
    private static final double SURE = 0.8;

    /** Of fewer images it is not known what they look like on the whole. */
    private static final int FEWEST_RECENT = 200;

    /** What people said counts for more than what a network thinks. */
    private static final int TIMES_LABELLED = 3;

    private static final int MOST_CHANGED = 40_000;

    /** Batches of a round. */
    private static final int STEPS = 300;

    private static final int STEPS_EXPLAINED = 600;

    /**
     * What came of it.
     *
     * @param served the network before
     * @param learnt the network after
     * @param change that makes the anchor images look like traffic, if one was found
     * @param imagesSeen of all kinds
     */
    public record Learnt(
            Folded served,
            Folded learnt,
            ModelInput input,
            LabelledImages heldOut,
            Optional<LikelyChange> change,
            long imagesSeen) {
        /**
         * A network between the one before and the one after, as it would be published: it has forgotten less, and learnt less
         * (Wortsman and others, <em>Robust fine-tuning of zero-shot models</em>, 2022).
         *
         * @param share of the way, 0 to 1
         */
        public ServingModel at(double share) {
            Weights between = served.weights().towards(learnt.weights(), (float) share);
            return ServingModel.calibrated(served.network(), between, input, heldOut)
                    .model();
        }
    }

    /**
     * Trains.
     *
     * @return what came of it; empty if it was told to stop before its end
     * @throws TrainingFailedException if the loss became NaN or infinite
     */
    public Optional<Learnt> run(TrainingListener listener, BooleanSupplier stop) {
        Optional<LikelyChange> change =
                recent.size() < FEWEST_RECENT ? Optional.empty() : LikelyChange.between(anchor, recent, recipe.seed());
        try (ArchiveClassifier before =
                ServingModel.of(served.network(), served.weights(), input).open()) {
            var teacher = new AnchorTeacher(before, anchor.width() * anchor.height());
            return change.isPresent()
                    ? explained(change.get(), teacher, listener, stop)
                    : selfTrained(teacher, listener, stop);
        } catch (ModelRefusedException e) {
            throw new TrainingFailedException("what serves cannot be asked: " + e.getMessage());
        }
    }

    /** Images whose labels are known are as good as labelled traffic, and there are many. */
    private Optional<Learnt> explained(
            LikelyChange change, Teacher teacher, TrainingListener listener, BooleanSupplier stop) {
        LabelledImages traffic = LabelledImages.concat(labelled, changed(change));
        return run(served, traffic, STEPS_EXPLAINED, teacher, listener, stop)
                .map(outcome -> learnt(outcome, Optional.of(change), 0));
    }

    private Optional<Learnt> selfTrained(Teacher teacher, TrainingListener listener, BooleanSupplier stop) {
        Optional<TrainingRun.Outcome> first = run(served, labelled, STEPS, teacher, listener, stop);
        if (first.isEmpty() || recent.size() == 0) {
            return first.map(outcome -> learnt(outcome, Optional.empty(), 0));
        }
        ServingModel model = first.get().best();
        LabelledImages traffic = LabelledImages.concat(
                labelled.select(repeated(labelled.size(), TIMES_LABELLED)), selfLabelled(model.answers(recent)));
        return run(model.folded(), traffic, STEPS, teacher, listener, stop)
                .map(outcome -> learnt(
                        outcome, Optional.empty(), first.get().bestEpoch().imagesSeen()));
    }

    private Optional<TrainingRun.Outcome> run(
            Folded begin,
            LabelledImages traffic,
            int steps,
            Teacher teacher,
            TrainingListener listener,
            BooleanSupplier stop) {
        TrainingTask task = TrainingTask.refresh(recipe, begin, input, anchor, traffic, steps, heldOut);
        return new TrainingRun(recipe, task, listener, stop).run(teacher);
    }

    private Learnt learnt(TrainingRun.Outcome outcome, Optional<LikelyChange> change, long imagesBefore) {
        return new Learnt(
                served,
                outcome.best().folded(),
                input,
                heldOut,
                change,
                imagesBefore + outcome.bestEpoch().imagesSeen());
    }

    /** Some of the anchor images, as they would look now. */
    private LabelledImages changed(LikelyChange change) {
        var random = new SplittableRandom(recipe.seed());
        int[] places =
                Arrays.copyOf(EpochOrder.shuffled(anchor.size()).draw(random), Math.min(MOST_CHANGED, anchor.size()));
        return change.of(anchor.select(places), recipe.seed());
    }

    private static LabelledImages selfLabelled(Answers answers) {
        int[] sure = IntStream.range(0, answers.size())
                .filter(image -> answers.confidence(image) >= SURE)
                .toArray();
        PrimitiveIterator.OfInt labels =
                IntStream.of(sure).map(answers::predicted).iterator();
        return answers.images().select(sure).relabelled(unknown -> labels.nextInt());
    }

    private static int[] repeated(int size, int times) {
        return IntStream.range(0, size * times).map(i -> i % size).toArray();
    }
}
