package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.RequestReason;
import dev.hemline.topic.EventShare;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Labelled samples to learn from: as many of each class as of any other at most, and rather newer ones than older. It is a weighted sample
 * without replacement (Efraimidis and Spirakis, 2006), whose chance is drawn from a hash of the id: so it holds the same ones
 * whenever it is filled anew, and in whatever order. Thread-safe.
 */
public final class Reservoir {
    /** One that is so much older is half as likely to stay. */
    private static final Duration HALF_LIFE = Duration.ofDays(1);

    private static final EventShare LOTS = new EventShare("reservoir", 1);

    private final int mostPerClass;
    private final Map<String, Kept> byId = new HashMap<>();
    private final Map<Integer, TreeSet<Kept>> byClass = new HashMap<>();

    private record Kept(LabelledSample sample, double rank) {
        static final Comparator<Kept> BY_RANK = Comparator.comparingDouble(Kept::rank)
                .thenComparing(kept -> kept.sample().id());

        /** The logarithm of a weight that doubles every half-life, and a Gumbel variate: the highest are the sample. */
        static Kept of(LabelledSample sample) {
            double weight = sample.arrivedAt().toEpochMilli() / (double) HALF_LIFE.toMillis() * Math.log(2);
            return new Kept(sample, weight - Math.log(-Math.log(LOTS.position(sample.id()))));
        }
    }

    /**
     * @param size how many it holds at most
     * @param classes of which each has its equal part
     */
    public Reservoir(int size, int classes) {
        mostPerClass = Math.max(1, size / classes);
    }

    /** Takes one in, in the place of the same event's label before; another one may have to go. */
    public synchronized void add(LabelledSample sample) {
        remove(sample.id());
        Kept kept = Kept.of(sample);
        byId.put(sample.id(), kept);
        TreeSet<Kept> others = byClass.computeIfAbsent(sample.label(), label -> new TreeSet<>(Kept.BY_RANK));
        others.add(kept);
        if (others.size() > mostPerClass) {
            remove(others.first().sample().id());
        }
    }

    private void remove(String id) {
        Kept kept = byId.remove(id);
        if (kept != null) {
            byClass.getOrDefault(kept.sample().label(), new TreeSet<>(Kept.BY_RANK))
                    .remove(kept);
        }
    }

    /**
     * Somebody found out otherwise, or anew. What was found out last stands.
     *
     * @return whether it is here
     */
    synchronized boolean relabel(GroundTruth truth, Instant arrivedAt) {
        Kept kept = byId.get(truth.getId());
        if (kept == null) {
            return false;
        }
        boolean possible =
                truth.getLabel() < kept.sample().sample().getProbabilities().size();
        if (possible && !truth.getLabelledAt().isBefore(kept.sample().labelledAt())) {
            add(LabelledSample.of(
                    kept.sample().sample(), truth, arrivedAt, kept.sample().reason()));
        }
        return true;
    }

    /** Somebody had asked for its label. */
    synchronized void asked(String id, RequestReason reason) {
        Kept kept = byId.get(id);
        if (kept != null && kept.sample().reason() == null) {
            LabelledSample known = kept.sample();
            add(new LabelledSample(
                    known.sample(), known.label(), known.by(), known.labelledAt(), known.arrivedAt(), reason));
        }
    }

    /** All that are here now, the oldest label first. */
    public synchronized List<LabelledSample> samples() {
        return byId.values().stream()
                .map(Kept::sample)
                .sorted(Comparator.comparing(LabelledSample::arrivedAt).thenComparing(LabelledSample::id))
                .toList();
    }

    /** How many of each class it holds at most. */
    int mostPerClass() {
        return mostPerClass;
    }
}
