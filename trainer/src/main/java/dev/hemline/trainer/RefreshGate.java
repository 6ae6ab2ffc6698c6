package dev.hemline.trainer;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.trainer.Gate.Incumbent;
import java.util.Optional;

/**
 * Keeps a refresh from replacing what serves by something that has learnt nothing, or has forgotten what it knew. It has to be better on labelled
 * traffic that it did not learn from, or, where it is known how pictures have changed, on validation images so changed, and then not clearly worse on that traffic. On the images that trainings are validated with it may be a little worse than the version
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
     * @param changed what both make of the validation images as they would look now, where that is known: they are so many that a small gain
     *     shows, which some dozen labels cannot tell from none
     */
    Optional<String> objection(Answers anchor, Answers traffic, Optional<Paired> changed) {
        Optional<String> learnt = changed.isPresent() ? noBetter(traffic, changed.get()) : noBetter(traffic);
        return learnt.or(() -> objectionToForgetting(anchor));
    }

    private Optional<String> noBetter(Answers traffic, Paired changed) {
        Paired labelled = Paired.of(traffic, serving.answers());
        if (labelled.isClearlyWorse(0)) {
            return Optional.of(
                    "of the same %s labelled pictures of traffic it has %s right that %s has wrong, and %s the other way round"
                            .formatted(
                                    Figures.count(labelled.images()),
                                    Figures.count(labelled.won()),
                                    serving.title(),
                                    Figures.count(labelled.lost())));
        }
        return changed.isClearlyBetter()
                ? Optional.empty()
                : Optional.of(
                        "of the same %s validation images, changed as traffic is, it has hardly more right than %s: %s, and %s the other way round"
                                .formatted(
                                        Figures.count(changed.images()),
                                        serving.title(),
                                        Figures.count(changed.won()),
                                        Figures.count(changed.lost())));
    }

    private Optional<String> noBetter(Answers traffic) {
        return Paired.objection(traffic, serving.answers(), serving.title(), "labelled pictures of traffic", 0, 0)
                .or(() -> Paired.of(traffic, serving.answers()).lead() > 0
                        ? Optional.empty()
                        : Optional.of("of the same %s labelled pictures of traffic it has as many right as %s"
                                .formatted(Figures.count(traffic.size()), serving.title())));
    }
}
