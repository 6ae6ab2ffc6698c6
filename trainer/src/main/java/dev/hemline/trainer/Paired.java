package dev.hemline.trainer;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Two models' answers to the same images, counted where one of the two is right and the other wrong.
 *
 * @param images that both were asked about
 * @param won that only the candidate has right
 * @param lost that only what it is compared with has right
 */
record Paired(long images, long won, long lost) {
    /**
     * Of a class, so many standard deviations more images may be lost than won. Between two that are equally good chance alone
     * does that once in 740 times, so with any of ten classes once in 74 trainings.
     */
    private static final double CLEARLY = 3;

    /** @param candidate which may have been asked about the first of the images only */
    static Paired of(Answers candidate, Answers other) {
        return of(candidate, other, image -> true);
    }

    private static Paired of(Answers candidate, Answers other, IntPredicate counts) {
        int[] images = IntStream.range(0, candidate.size()).filter(counts).toArray();
        int[] disagreed = IntStream.of(images)
                .filter(image -> candidate.isRight(image) != other.isRight(image))
                .toArray();
        long won = IntStream.of(disagreed).filter(candidate::isRight).count();
        return new Paired(images.length, won, disagreed.length - won);
    }

    long lead() {
        return won - lost;
    }

    /** The share of images that the candidate has right, less that which the other has. */
    double leadShare() {
        return (double) lead() / images;
    }

    /** Whether the candidate is better by more than chance would have it. */
    boolean isClearlyBetter() {
        return lead() > CLEARLY * Math.sqrt((double) won + lost);
    }

    /** @param allowed by which share of the images it may be worse */
    boolean isClearlyWorse(double allowed) {
        return -lead() - allowed * images > CLEARLY * Math.sqrt((double) won + lost);
    }

    /**
     * Why a candidate must not take the other's place, in a sentence; empty if it may.
     *
     * @param title of the other
     * @param what the images are, for people
     * @param allowed by which share of all images it may be worse, 0 to 1
     * @param allowedInAClass by which share of a class's images
     */
    static Optional<String> objection(
            Answers candidate, Answers other, String title, String what, double allowed, double allowedInAClass) {
        Paired all = of(candidate, other);
        if (-all.lead() > allowed * all.images()) {
            return Optional.of("of the same %s %s it has %s right that %s has wrong, and %s the other way round"
                    .formatted(
                            Figures.count(all.images()),
                            what,
                            Figures.count(all.won()),
                            title,
                            Figures.count(all.lost())));
        }
        List<String> classes = candidate.images().classNames();
        return IntStream.range(0, classes.size())
                .filter(label -> ofClass(candidate, other, label).isClearlyWorse(allowedInAClass))
                .mapToObj(label -> {
                    Paired one = ofClass(candidate, other, label);
                    return "of class %s it has %s right that %s has wrong, and %s the other way round, among the same %s"
                            .formatted(
                                    classes.get(label),
                                    Figures.count(one.won()),
                                    title,
                                    Figures.count(one.lost()),
                                    what);
                })
                .findFirst();
    }

    private static Paired ofClass(Answers candidate, Answers other, int label) {
        return of(candidate, other, image -> candidate.label(image) == label);
    }
}
