package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentCounts;
import dev.hemline.quality.experiment.Experiment.Phase;
import dev.hemline.topic.ModelKey;
import java.util.Comparator;
import java.util.Locale;

/**
 * Two versions of one model that answer the same events. {@code toString()} is {@code name/v000013/v000012}, the challenger first.
 *
 * @param champion the version whose results are results
 * @param challenger the version that shadows it
 */
record Pairing(String model, int champion, int challenger) implements Comparable<Pairing> {
    private static final Comparator<Pairing> BY_AGE = Comparator.comparing(
                    (Pairing pairing) -> Math.max(pairing.champion, pairing.challenger))
            .thenComparing(pairing -> Math.min(pairing.champion, pairing.challenger))
            .thenComparing(Pairing::champion)
            .thenComparing(Pairing::model);

    /** @throws IllegalArgumentException if a version or the name is none */
    Pairing {
        new ModelKey.Manifest(model, champion);
        new ModelKey.Manifest(model, challenger);
    }

    static Pairing of(ExperimentCounts counts) {
        return new Pairing(counts.getModelName(), counts.getChampion(), counts.getChallenger());
    }

    /** The newer one is the candidate, wherever it is. */
    Phase phase() {
        return challenger > champion ? Phase.TRIAL : Phase.PROBATION;
    }

    /** Pairs of newer versions later. */
    @Override
    public int compareTo(Pairing other) {
        return BY_AGE.compare(this, other);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s/v%06d/v%06d", model, challenger, champion);
    }
}
