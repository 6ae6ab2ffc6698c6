package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;

/** One of the two that have to come together for a score. */
sealed interface JoinInput {
    record Result(Answer answer) implements JoinInput {
        static Result of(Classification result) {
            return new Result(new Answer(
                    result.getModelName(),
                    result.getModelVersion(),
                    result.getLabel(),
                    result.getProbabilities().size(),
                    result.getConfidence(),
                    result.getClassifiedAt(),
                    result.getSource(),
                    null));
        }
    }

    record Label(GroundTruth truth) implements JoinInput {}
}
