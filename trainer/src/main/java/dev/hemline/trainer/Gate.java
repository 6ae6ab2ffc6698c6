package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps a training from replacing what serves by something worse. What serves is asked anew, about the very images that candidates are
 * validated with: a candidate passes that has at least as many of them right, and of no class clearly fewer. So on these images what serves never
 * becomes worse, however often it is trained anew.
 *
 * @param serving what serves, if there is anything that can be asked
 * @param force whether to let pass whatever comes
 */
record Gate(Optional<Incumbent> serving, boolean force) {
    /** What became of a candidate. */
    enum Outcome {
        PUBLISHED,
        REFUSED,
        FORCED;

        /** As it stands in manifests and labels of series. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A version that candidates are compared with.
     *
     * @param answers to all validation images
     */
    record Incumbent(ModelManifest manifest, Answers answers) {
        String title() {
            return "v" + manifest.getVersion();
        }
    }

    /** Whether a candidate is better than what serves, not only not worse. */
    boolean isBetter(Answers candidate) {
        return objection(candidate).isEmpty() && lead(candidate) > 0;
    }

    /** The share of images that a candidate has right, less that which what serves has of the same. */
    double lead(Answers candidate) {
        return serving.map(before -> Paired.of(candidate, before.answers()).leadShare())
                .orElse(candidate.accuracy());
    }

    Outcome judge(Answers candidate) {
        if (objection(candidate).isEmpty()) {
            return Outcome.PUBLISHED;
        }
        return force ? Outcome.FORCED : Outcome.REFUSED;
    }

    /** Why a candidate must not take the place of what serves, in a sentence; empty if it may. */
    Optional<String> objection(Answers candidate) {
        return serving.flatMap(
                before -> Paired.objection(candidate, before.answers(), before.title(), "validation images", 0, 0));
    }

    /** What serves and how good it is, in words. */
    @Override
    public String toString() {
        return serving.map(before -> "%s serves, right about %s of the %s validation images"
                        .formatted(
                                before.title(),
                                Figures.percent(before.answers().accuracy()),
                                Figures.count(before.answers().size())))
                .orElse("nothing serves that could be compared");
    }
}
