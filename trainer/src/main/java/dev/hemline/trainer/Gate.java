package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Keeps a training from replacing what serves by something worse. What serves is asked anew, about the very images that candidates are
 * validated with: a candidate passes that has at least as many of them right, and of no class clearly fewer. So on these images what serves never
 * becomes worse, however often it is trained anew.
 *
 * @param serving what serves, if there is anything that can be asked
 * @param force whether to let pass whatever comes
 */
record Gate(Optional<Incumbent> serving, boolean force) {
    /**
     * Of a class, so many standard deviations more images may be lost than won. Between two that are equally good chance alone
     * does that once in 740 times, so with any of ten classes once in 74 trainings.
     */
    private static final double CLEARLY = 3;

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

    /**
     * Images that one of the two has right and the other wrong.
     *
     * @param won by the candidate
     * @param lost to what serves
     */
    private record Paired(long won, long lost) {
        long lead() {
            return won - lost;
        }

        boolean isClearlyWorse() {
            return -lead() > CLEARLY * Math.sqrt((double) won + lost);
        }
    }

    /** A candidate may have been asked about the first of the images only. */
    private static Paired paired(Answers candidate, Incumbent serving, IntStream images) {
        int[] disagreed = images.filter(
                        image -> candidate.isRight(image) != serving.answers().isRight(image))
                .toArray();
        long won = IntStream.of(disagreed).filter(candidate::isRight).count();
        return new Paired(won, disagreed.length - won);
    }

    private static Paired paired(Answers candidate, Incumbent serving) {
        return paired(candidate, serving, IntStream.range(0, candidate.size()));
    }

    private static Paired ofClass(Answers candidate, Incumbent serving, int label) {
        return paired(
                candidate,
                serving,
                IntStream.range(0, candidate.size()).filter(image -> candidate.label(image) == label));
    }

    /** Whether a candidate is better than what serves, not only not worse. */
    boolean isBetter(Answers candidate) {
        return objection(candidate).isEmpty() && lead(candidate) > 0;
    }

    /** The share of images that a candidate has right, less that which what serves has of the same. */
    double lead(Answers candidate) {
        return serving.map(before -> (double) paired(candidate, before).lead() / candidate.size())
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
        return serving.flatMap(before -> inAll(candidate, before).or(() -> inAClass(candidate, before)));
    }

    private static Optional<String> inAll(Answers candidate, Incumbent before) {
        Paired all = paired(candidate, before);
        return all.lead() >= 0
                ? Optional.empty()
                : Optional.of(
                        "of the same %s validation images it has %s right that %s has wrong, and %s the other way round"
                                .formatted(
                                        Figures.count(candidate.size()),
                                        Figures.count(all.won()),
                                        before.title(),
                                        Figures.count(all.lost())));
    }

    private static Optional<String> inAClass(Answers candidate, Incumbent before) {
        List<String> classes = candidate.images().classNames();
        return IntStream.range(0, classes.size())
                .filter(label -> ofClass(candidate, before, label).isClearlyWorse())
                .mapToObj(label -> {
                    Paired one = ofClass(candidate, before, label);
                    return "of class %s it has %s right that %s has wrong, and %s the other way round"
                            .formatted(
                                    classes.get(label),
                                    Figures.count(one.won()),
                                    before.title(),
                                    Figures.count(one.lost()));
                })
                .findFirst();
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
