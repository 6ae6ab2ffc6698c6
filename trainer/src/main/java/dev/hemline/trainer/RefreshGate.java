package dev.hemline.trainer;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.trainer.Gate.Incumbent;
import java.util.Optional;

/**
 * Keeps a refresh from replacing what serves by something that has learnt nothing, or has forgotten what it knew. It has to be better on labelled
 * traffic that it did not learn from. On the images that trainings are validated with it may be a little worse than the version
 * that was last trained from nothing, not than what serves, or a little would be lost each time.
 *
 * @param root the version that was last trained from nothing, and its answers to the validation images
 * @param serving what serves, and its answers to the traffic that is held out
 */
record RefreshGate(Incumbent root, Incumbent serving) {
    /** The share of validation images that may be lost. */
    private static final double MOST_FORGOTTEN = 0.01;

    /** The same of one class's. */
    private static final double MOST_FORGOTTEN_OF_A_CLASS = 0.05;

    /** Whether a candidate has forgotten more than it may. */
    boolean forgetsTooMuch(Answers anchor) {
        return objectionToForgetting(anchor).isPresent();
    }

    private Optional<String> objectionToForgetting(Answers anchor) {
        return Paired.objection(
                anchor, root.answers(), root.title(), "validation images", MOST_FORGOTTEN, MOST_FORGOTTEN_OF_A_CLASS);
    }

    /**
     * Why a candidate must not take the place of what serves, in a sentence; empty if it may.
     *
     * @param anchor its answers to the validation images
     * @param traffic its answers to the traffic that is held out
     */
    Optional<String> objection(Answers anchor, Answers traffic) {
        return Paired.objection(traffic, serving.answers(), serving.title(), "labelled pictures of traffic", 0, 0)
                .or(() -> noBetter(traffic))
                .or(() -> objectionToForgetting(anchor));
    }

    private Optional<String> noBetter(Answers traffic) {
        return Paired.of(traffic, serving.answers()).lead() > 0
                ? Optional.empty()
                : Optional.of("of the same %s labelled pictures of traffic it has as many right as %s"
                        .formatted(Figures.count(traffic.size()), serving.title()));
    }
}
