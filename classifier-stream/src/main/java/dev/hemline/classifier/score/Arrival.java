package dev.hemline.classifier.score;

import dev.hemline.event.Answer;
import dev.hemline.event.GroundTruth;

/** One of the two that have to come together for a score. */
sealed interface Arrival {
    record Result(Answer answer) implements Arrival {}

    record Label(GroundTruth truth) implements Arrival {}
}
