package dev.hemline.benchmarks.referee;

import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.quality.experiment.Comparison;
import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Decision.Reason;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.quality.experiment.PairedCounts;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of experiments with one kind of candidate; shares are of all of them, 0 to 1.
 *
 * @param difference by how much its accuracy is higher
 * @param margin by which it may be lower
 * @param refused rejected since it is worse
 * @param undecided rejected since labels ran out
 * @param labels to the promotion, of a candidate that is too bad to the refusal; null where less than half came to that
 * @param optimum labels on average for whoever knows the difference, and looks after every label too; null where there is none
 * @param oneLook labels for McNemar's test with one look and a power of 80 %; null where there is none
 * @param dailyLooks promoted by McNemar's test that is asked again every {@link #DAY} labels
 */
record Row(
        double difference,
        double margin,
        double promoted,
        double refused,
        double undecided,
        @Nullable Quantiles labels,
        @Nullable Long optimum,
        @Nullable Long oneLook,
        double dailyLooks) {
    private static final int DAY = 500;
    private static final int[] PARTITIONS = {1, 2, 4, 8, 16};

    /** Of labels. */
    record Quantiles(long median, long ninetieth) {
        static Quantiles of(long[] labels) {
            return new Quantiles(labels[labels.length / 2], labels[labels.length * 9 / 10]);
        }

        String text() {
            return Lines.text("%,d (%,d)", median, ninetieth);
        }
    }

    private record Ends(Trial trial, boolean dailyLooks) {}

    static Row of(double difference, Design design, int experiments, Chance chance) {
        SimulatedPair pair = SimulatedPair.alike(difference);
        List<Ends> ends = chance.tried(experiments, difference + " " + design.margin(), random -> {
            int partitions = PARTITIONS[random.nextInt(PARTITIONS.length)];
            List<Comparison> labels = LateLabels.of(pair, design.mostLabels(), partitions, random);
            return new Ends(Trial.of(Phase.TRIAL, design, labels), promotedOnSomeDay(labels));
        });
        Predicate<Trial> promoted = trial -> trial.decision().outcome() == Outcome.PROMOTED;
        Predicate<Trial> undecided = trial -> trial.decision().reason() == Reason.OUT_OF_LABELS;
        Predicate<Trial> refused = promoted.or(undecided).negate();
        List<Trial> trials = ends.stream().map(Ends::trial).toList();
        double disagreement = SimulatedPair.disagreement(difference);
        return new Row(
                difference,
                design.margin(),
                share(trials, promoted),
                share(trials, refused),
                share(trials, undecided),
                labels(trials, difference > -design.margin() ? promoted : refused),
                Optimum.labels(difference, disagreement, design),
                difference > 0 ? McNemar.labels(difference, disagreement) : null,
                (double) ends.stream().filter(Ends::dailyLooks).count() / experiments);
    }

    private static boolean promotedOnSomeDay(List<Comparison> labels) {
        var counts = new PairedCounts(0, 0, 0);
        for (int label = 0; label < labels.size(); label++) {
            counts = counts.with(labels.get(label));
            if ((label + 1) % DAY == 0 && McNemar.shows(counts)) {
                return true;
            }
        }
        return false;
    }

    static double share(List<Trial> trials, Predicate<Trial> ended) {
        return (double) trials.stream().filter(ended).count() / trials.size();
    }

    /** To such an end, if at least half had it. */
    static @Nullable Quantiles labels(List<Trial> trials, Predicate<Trial> ended) {
        long[] labels =
                trials.stream().filter(ended).mapToLong(Trial::labels).sorted().toArray();
        return 2 * labels.length < trials.size() ? null : Quantiles.of(labels);
    }
}
