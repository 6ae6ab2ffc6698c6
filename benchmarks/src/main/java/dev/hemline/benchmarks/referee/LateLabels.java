package dev.hemline.benchmarks.referee;

import dev.hemline.quality.experiment.Comparison;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Labels as they come: late, some later than others, and by the batches in which partitions are read. */
final class LateLabels {
    /** Events from one to its label, on average; half as many where the two versions disagree, for such labels are asked for first. */
    private static final double DELAY = 1_000;

    /** Events from one reading of a partition to the next. */
    private static final double POLL = 40;

    private LateLabels() {}

    private record Label(double readAt, int partition, Comparison comparison) {}

    /** So many, in the order in which they are read. */
    static List<Comparison> of(SimulatedPair pair, int labels, int partitions, RandomGenerator random) {
        List<Label> read = new ArrayList<>(labels);
        for (int event = 0; event < labels; event++) {
            Comparison comparison = pair.next(random);
            boolean disagree = comparison.incumbentRight() != comparison.candidateRight();
            double written = event + (disagree ? DELAY / 2 : DELAY) * -Math.log(1 - random.nextDouble());
            double polls = Math.ceil(written / POLL);
            read.add(new Label(polls * POLL, random.nextInt(partitions), comparison));
        }
        read.sort(Comparator.comparingDouble(Label::readAt).thenComparingInt(Label::partition));
        return read.stream().map(Label::comparison).toList();
    }
}
