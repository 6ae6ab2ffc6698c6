package dev.hemline.trainer.training;

import java.util.List;

/**
 * Learning from trained networks besides the labels (Hinton, Vinyals and Dean, 2015): their answers tell what else an image
 * looks like, and what is left of it once it was moved or lost a rectangle. The answers are taken at the
 * {@link Temperature} that the teacher learnt at: our networks learn from smoothed labels, so they are certain of nothing then,
 * and teachers of that kind teach worse at higher ones (Chandrasegaran and others, 2022).
 *
 * @param teachers networks whose probabilities are averaged, at least one
 * @param weight share of their answer in what is to be learnt, above 0 and at most 1; the label has the rest
 */
public record Distillation(List<Source> teachers, double weight) {

    /** Nearly all, as in the literature; the label still has a say where a teacher is wrong. */
    public static final double USUAL_WEIGHT = 0.9;

    /**
     * A network that teaches, by what it is and not by where its file lies.
     *
     * @param network its name, for people
     * @param sha256 of its archive, in lower-case hexadecimal
     */
    public record Source(String network, String sha256) {}

    public Distillation {
        Recipe.require(!teachers.isEmpty(), "--teacher-weight needs a --teacher");
        Recipe.require(weight > 0 && weight <= 1, "--teacher-weight is above 0 and at most 1, not " + weight);
        teachers = List.copyOf(teachers);
    }
}
