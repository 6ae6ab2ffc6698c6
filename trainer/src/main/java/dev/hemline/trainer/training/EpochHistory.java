package dev.hemline.trainer.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The epochs of a training so far, and which of them was the best. */
final class EpochHistory {
    private final List<EpochResult> epochs = new ArrayList<>();

    void add(EpochResult epoch) {
        epochs.add(epoch);
    }

    /** How many there were. */
    int size() {
        return epochs.size();
    }

    boolean isEmpty() {
        return epochs.isEmpty();
    }

    /** A copy of all, in order. */
    List<EpochResult> all() {
        return List.copyOf(epochs);
    }

    EpochResult last() {
        return epochs.get(epochs.size() - 1);
    }

    /** The one with the highest validation accuracy; of several, the one with the lowest loss. */
    EpochResult best() {
        return epochs.stream()
                .max(Comparator.comparingDouble(EpochResult::validationAccuracy)
                        .thenComparing(EpochResult::validationLoss, Comparator.reverseOrder()))
                .orElseThrow();
    }

    /** Whether the last so many epochs have all been no better than one before; never if {@code patience} is 0. */
    boolean hasLost(int patience) {
        return patience > 0 && !isEmpty() && last().epoch() - best().epoch() >= patience;
    }
}
