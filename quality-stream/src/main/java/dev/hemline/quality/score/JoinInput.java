package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.GroundTruth;

/** One of the two that have to come together for a score. */
sealed interface JoinInput {
    record Result(Answer answer) implements JoinInput {}

    record Label(GroundTruth truth) implements JoinInput {}
}
