package dev.hemline.trainer.training;

import java.util.Arrays;

/**
 * The probabilities that a network is to give. Of the label's share nearly all is for the label, the rest for every class
 * alike; the teacher's share is divided as the teacher says.
 *
 * @param classes how many there are
 * @param labelSmoothing share of the label that is spread over all classes
 * @param teacherWeight the teacher's share, 0 without one
 */
record Targets(int classes, double labelSmoothing, double teacherWeight) {

    /** As many rows of as many probabilities as there are images and classes. */
    float[] of(Batch batch) {
        float[] targets = new float[batch.size() * classes];
        Arrays.fill(targets, (float) (labelSmoothing / classes));
        for (int i = 0; i < batch.size(); i++) {
            targets[i * classes + batch.labels()[i]] += (float) (1 - labelSmoothing);
        }
        if (teacherWeight > 0) {
            mix(batch.answers(), targets);
        }
        return targets;
    }

    private void mix(float[][] answers, float[] targets) {
        if (answers.length * classes != targets.length) {
            throw new IllegalStateException("the recipe has a teacher, and nobody teaches");
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] += (float) (teacherWeight * (answers[i / classes][i % classes] - targets[i]));
        }
    }
}
