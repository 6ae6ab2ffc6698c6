package dev.hemline.trainer.training;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Room for as many images as one step learns from, and what a teacher says of them; filled again and again. */
final class Batch {
    private final byte[] pixels;
    private final int[] labels;
    private final ByteBuffer asked;
    private float[][] answers = {};

    Batch(int images, int pixelsPerImage) {
        this.pixels = new byte[images * pixelsPerImage];
        this.labels = new int[images];
        this.asked = ByteBuffer.wrap(pixels);
    }

    /** The array itself: unsigned bytes, image after image. */
    byte[] pixels() {
        return pixels;
    }

    /** The array itself: one label per image. */
    int[] labels() {
        return labels;
    }

    /** Has a teacher say what it makes of the images as they are now. */
    void ask(Teacher teacher) {
        answers = teacher.answer(asked, labels.length);
    }

    /** What the teacher said, a row of probabilities per image; empty if it left it to the labels. */
    float[][] answers() {
        return answers;
    }

    /**
     * The probabilities that a network is to give. Of the label's share nearly all is for the label, the rest for every class
     * alike; the teacher's share is divided as the teacher says.
     *
     * @param labelSmoothing share of the label that is spread over all classes
     * @param teacherWeight the teacher's share, 0 without one
     * @return as many rows of as many probabilities as there are images and classes
     */
    float[] targets(int classes, double labelSmoothing, double teacherWeight) {
        float[] targets = new float[size() * classes];
        Arrays.fill(targets, (float) (labelSmoothing / classes));
        for (int i = 0; i < size(); i++) {
            targets[i * classes + labels[i]] += (float) (1 - labelSmoothing);
        }
        if (teacherWeight > 0) {
            moveTowardsAnswers(targets, classes, teacherWeight);
        }
        return targets;
    }

    /** A copy of some of it: images from the one number to before the other. */
    Batch part(int from, int to) {
        var part = new Batch(to - from, pixels.length / labels.length);
        System.arraycopy(pixels, from * (pixels.length / labels.length), part.pixels, 0, part.pixels.length);
        System.arraycopy(labels, from, part.labels, 0, part.labels.length);
        part.answers = answers.length == 0 ? answers : Arrays.copyOfRange(answers, from, to);
        return part;
    }

    /** Images in it. */
    int size() {
        return labels.length;
    }

    private void moveTowardsAnswers(float[] targets, int classes, double weight) {
        if (answers.length != size()) {
            throw new IllegalStateException("the recipe has a teacher, and nobody teaches");
        }
        for (int i = 0; i < targets.length; i++) {
            float[] answer = answers[i / classes];
            if (answer.length > 0) {
                targets[i] += (float) (weight * (answer[i % classes] - targets[i]));
            }
        }
    }
}
