package dev.hemline.benchmarks.referee;

import dev.hemline.quality.experiment.Comparison;
import dev.hemline.quality.experiment.Decision;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment;
import dev.hemline.quality.experiment.Experiment.Phase;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * One experiment.
 *
 * @param labels until the decision
 */
record Trial(Decision decision, long labels) {
    /** Adds labels until one of them decides. */
    static Trial of(Phase phase, Design design, List<Comparison> comparisons) {
        var experiment = new Experiment(phase, design);
        Iterator<Comparison> next = comparisons.iterator();
        Optional<Decision> decision = Optional.empty();
        while (decision.isEmpty()) {
            decision = experiment.add(next.next());
        }
        return new Trial(decision.get(), experiment.counts().labels());
    }
}
