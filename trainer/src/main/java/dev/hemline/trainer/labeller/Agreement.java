package dev.hemline.trainer.labeller;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** How often one labeller names another class than the one that is known. Not for several threads. */
final class Agreement {
    /** For each labeller and each kind of comparison: the chance that somebody honest is ever suspected. */
    static final double ALPHA = 0.001;

    /** Of one class, people and models are wrong more often than of all. */
    private static final double TIMES_IN_CLASS = 2;

    private static final double MOST_IN_CLASS = 0.5;

    private final double honest;
    private final Counts all = new Counts();
    private final Map<Integer, Counts> byKnown = new HashMap<>();

    private static final class Counts {
        private int labels;
        private int disagreements;

        void add(Claim claim) {
            labels++;
            if (claim.said() != claim.known()) {
                disagreements++;
            }
        }
    }

    /** @param honest the share of labels that may differ, 0 to 1 */
    Agreement(double honest) {
        this.honest = honest;
    }

    void add(Claim claim) {
        all.add(claim);
        byKnown.computeIfAbsent(claim.known(), first -> new Counts()).add(claim);
    }

    int labels() {
        return all.labels;
    }

    /** Whether no more of them differ than may. */
    boolean isGood() {
        return all.disagreements <= honest * all.labels;
    }

    /**
     * That more differ than may, of all or of one class: half of alpha is for all, and the classes share the other.
     *
     * @param classes how many there are
     * @param named what a class is called
     * @param of the pictures that were compared, as the end of a sentence
     */
    Optional<Suspicion> suspicion(String labeller, int classes, IntFunction<String> named, String of) {
        if (isProved(all, honest, ALPHA / 2)) {
            return Optional.of(suspicion(labeller, all, of));
        }
        double inClass = Math.min(MOST_IN_CLASS, TIMES_IN_CLASS * honest);
        return byKnown.entrySet().stream()
                .filter(entry -> isProved(entry.getValue(), inClass, ALPHA / 2 / classes))
                .map(entry ->
                        suspicion(labeller, entry.getValue(), "of class " + named.apply(entry.getKey()) + " " + of))
                .findFirst();
    }

    private static boolean isProved(Counts counts, double rate, double alpha) {
        return new RateTest(rate).logEValue(counts.disagreements, counts.labels) >= -Math.log(alpha);
    }

    private static Suspicion suspicion(String labeller, Counts counts, String of) {
        return new Suspicion(
                labeller,
                "says another class in " + counts.disagreements + " of " + counts.labels + " pictures " + of,
                counts.labels,
                counts.disagreements);
    }
}
