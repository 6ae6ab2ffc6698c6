package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.stream.Answers;
import java.util.Arrays;
import java.util.Map;

/** Whether every event that was sent came back, and with the label that its image has always got. */
final class LabelCheck {
    private static final int NONE = -1;

    private final int[] labels;

    /** @param images event n of each load shows image n, counted on from the first after the last */
    LabelCheck(int images) {
        labels = new int[images];
        Arrays.fill(labels, NONE);
    }

    /**
     * Looks at one turn.
     *
     * @param sent each load with the number of its events
     * @param answers of the turn; that none is there twice is their business
     * @return how many labels are others than the first that the image got; sums are added up in another order, so a close
     *     call may be
     * @throws IllegalStateException if an event was not answered, or one was that nobody sent
     */
    long differences(String contender, Map<LoadIds, Integer> sent, Answers answers) {
        long all = 0;
        long different = 0;
        for (Map.Entry<LoadIds, Integer> load : sent.entrySet()) {
            for (int event = 0; event < load.getValue(); event++) {
                String id = load.getKey().id(event);
                Integer label = answers.labels().get(id);
                if (label == null) {
                    throw new IllegalStateException(contender + " did not answer event " + id);
                }
                different += isOther(event % labels.length, label) ? 1 : 0;
                all++;
            }
        }
        if (all != answers.labels().size()) {
            throw new IllegalStateException(contender + " was sent " + all + " events and answered "
                    + answers.labels().size());
        }
        return different;
    }

    private boolean isOther(int image, int label) {
        if (labels[image] == NONE) {
            labels[image] = label;
        }
        return labels[image] != label;
    }
}
