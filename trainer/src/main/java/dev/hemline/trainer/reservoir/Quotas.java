package dev.hemline.trainer.reservoir;

import dev.hemline.topic.EventShare;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How many labels of one labeller, and of one source's pictures, count at most. Which ones, a hash of the event's id says, so that nobody gets
 * theirs in by being first or last.
 */
public record Quotas(int ofLabeller, int ofSource) {
    /** Everybody's, and of all. */
    public static final Quotas NONE = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final EventShare LOTS = new EventShare("reservoir-quota", 1);

    /** Those that count, in their order. */
    public List<LabelledSample> of(List<LabelledSample> samples) {
        return within(
                within(samples, LabelledSample::by, ofLabeller),
                one -> one.sample().getSource(),
                ofSource);
    }

    private static List<LabelledSample> within(
            List<LabelledSample> samples, Function<LabelledSample, String> whose, int most) {
        if (samples.size() <= most) {
            return samples;
        }
        Map<String, Integer> taken = new HashMap<>();
        Map<String, LabelledSample> within = new HashMap<>();
        samples.stream()
                .sorted(Comparator.comparingDouble(one -> LOTS.position(one.id())))
                .filter(one -> taken.merge(whose.apply(one), 1, Integer::sum) <= most)
                .forEach(one -> within.put(one.id(), one));
        return samples.stream().filter(one -> within.containsKey(one.id())).toList();
    }
}
