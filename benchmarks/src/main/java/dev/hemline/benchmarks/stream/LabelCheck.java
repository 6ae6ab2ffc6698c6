package dev.hemline.benchmarks.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether every event that was sent came back, and with the label that its image has always got. */
final class LabelCheck {
    private final int images;
    private final Map<Integer, Integer> labels = new HashMap<>();

    /** @param images event n of each load shows image n, counted on from the first after the last */
    LabelCheck(int images) {
        this.images = images;
    }

    /**
     * Looks at one turn.
     *
     * @param answers of the turn; that none is there twice is their business
     * @return how many labels are others than the first that the image got; sums are added up in another order, so a close
     *     call may be
     * @throws IllegalStateException if an event was not answered, or one was that nobody sent
     */
    long differences(String contender, List<Schedule> sent, Answers answers) {
        long different = 0;
        for (Schedule load : sent) {
            for (int event = 0; event < load.events(); event++) {
                Integer label = answers.labels().get(load.id(event));
                if (label == null) {
                    throw new IllegalStateException(contender + " did not answer event " + load.id(event));
                }
                Integer first = labels.putIfAbsent(event % images, label);
                different += first == null || first.equals(label) ? 0 : 1;
            }
        }
        int all = sent.stream().mapToInt(Schedule::events).sum();
        if (all != answers.labels().size()) {
            throw new IllegalStateException(contender + " was sent " + all + " events and answered "
                    + answers.labels().size());
        }
        return different;
    }
}
