package dev.hemline.benchmarks.referee;

import dev.hemline.benchmarks.referee.Row.Quantiles;
import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.quality.experiment.Decision.Outcome;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of candidates that are better in all and worse for one class of ten; shares are of all experiments, 0 to 1.
 *
 * @param difference of all events
 * @param ofOneClass of that class
 * @param promoted in a trial
 * @param rolledBack in a probation, had they been promoted all the same
 * @param labels until that; null where less than half were
 */
record BadForOneClass(
        double difference,
        double ofOneClass,
        double promoted,
        double rolledBack,
        @Nullable Quantiles labels) {
    static BadForOneClass of(double ofOthers, double ofOneClass, Design design, int experiments, Chance chance) {
        SimulatedPair pair = SimulatedPair.exceptForOneClass(ofOthers, ofOneClass);
        List<Trial> trials = ended(Phase.TRIAL, pair, design, experiments, chance);
        List<Trial> probations = ended(Phase.PROBATION, pair, design, experiments, chance);
        return new BadForOneClass(
                pair.difference(),
                ofOneClass,
                Row.share(trials, trial -> trial.decision().outcome() == Outcome.PROMOTED),
                Row.share(probations, BadForOneClass::rolledBack),
                Row.labels(probations, BadForOneClass::rolledBack));
    }

    private static boolean rolledBack(Trial trial) {
        return trial.decision().outcome() == Outcome.ROLLED_BACK;
    }

    private static List<Trial> ended(Phase phase, SimulatedPair pair, Design design, int experiments, Chance chance) {
        return chance.tried(
                experiments,
                phase + " " + pair.difference(),
                random -> Trial.of(phase, design, LateLabels.of(pair, design.mostLabels(), 4, random)));
    }
}
