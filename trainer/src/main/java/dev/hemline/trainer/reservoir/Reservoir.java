package dev.hemline.trainer.reservoir;

import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.topic.EventShare;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Labelled samples to learn from: as many of each class as of any other at most, and rather newer ones than older. It is a weighted sample
 * without replacement (Efraimidis and Spirakis, 2006), whose chance is drawn from a hash of the id: so it holds the same ones
 * whenever it is filled anew, and in whatever order. Beside them it knows as many that came last, whatever they show: what labels decide on is no
 * question of what is worth keeping. Thread-safe.
 */
public final class Reservoir {
    /** One that is so much older is half as likely to stay. */
    private static final Duration HALF_LIFE = Duration.ofDays(1);

    private static final EventShare LOTS = new EventShare("reservoir", 1);

    private final int mostPerClass;
    private final Map<String, Kept> byId = new HashMap<>();
    private final Map<Integer, TreeSet<Kept>> byClass = new HashMap<>();
    private final BoundedMap<Ballot> newest;

    private record Kept(Ballot ballot, double rank) {
        static final Comparator<Kept> BY_RANK =
                Comparator.comparingDouble(Kept::rank).thenComparing(Kept::id);

        /** The logarithm of a weight that doubles every half-life, and a Gumbel variate: the highest are the sample. */
        static Kept of(Ballot ballot) {
            double weight = ballot.newest().arrivedAt().toEpochMilli() / (double) HALF_LIFE.toMillis() * Math.log(2);
            return new Kept(ballot, weight - Math.log(-Math.log(position(ballot.sample()))));
        }

        String id() {
            return ballot.sample().getId();
        }
    }

    private static double position(Sample sample) {
        return LOTS.position(sample.getId());
    }

    /**
     * @param size how many it holds at most
     * @param classes of which each has its equal part
     */
    public Reservoir(int size, int classes) {
        mostPerClass = Math.max(1, size / classes);
        newest = new BoundedMap<>(size, ballot -> 1);
    }

    /** Takes one in, in the place of what was known of the same event; another one may have to go. */
    public synchronized void add(Ballot ballot) {
        newest.put(ballot.sample().getId(), ballot);
        Kept kept = Kept.of(ballot);
        remove(kept.id());
        byId.put(kept.id(), kept);
        TreeSet<Kept> others = byClass.computeIfAbsent(ballot.newest().label(), label -> new TreeSet<>(Kept.BY_RANK));
        others.add(kept);
        if (others.size() > mostPerClass) {
            remove(others.first().id());
        }
    }

    private void remove(String id) {
        Kept kept = byId.remove(id);
        if (kept != null) {
            byClass.getOrDefault(kept.ballot().newest().label(), new TreeSet<>(Kept.BY_RANK))
                    .remove(kept);
        }
    }

    /**
     * Somebody says again what an event shows, or somebody else does.
     *
     * @return whether it is here
     */
    synchronized boolean vote(String id, Vote vote) {
        Ballot ballot = ballot(id);
        if (ballot == null) {
            return false;
        }
        if (vote.label() < ballot.sample().getProbabilities().size()) {
            add(ballot.with(vote));
        }
        return true;
    }

    private @Nullable Ballot ballot(String id) {
        Kept kept = byId.get(id);
        return kept == null ? newest.get(id) : kept.ballot();
    }

    /** Somebody had asked for its label. */
    synchronized void asked(String id, RequestReason reason) {
        Ballot ballot = ballot(id);
        if (ballot != null && ballot.reason() == null) {
            add(ballot.asked(reason));
        }
    }

    /** All pictures that are kept now. */
    public synchronized List<Ballot> ballots() {
        return byId.values().stream().map(Kept::ballot).toList();
    }

    /** Those that had a label last, as many as are kept at most, whatever they show. */
    public synchronized List<Ballot> newest() {
        return newest.newest(Integer.MAX_VALUE);
    }

    /**
     * What is known of those that are kept, the oldest label first.
     *
     * @param believed whose labels count
     */
    public List<LabelledSample> samples(Predicate<String> believed) {
        return decided(ballots(), believed);
    }

    /** The same of those that had a label last. */
    public List<LabelledSample> newest(Predicate<String> believed) {
        return decided(newest(), believed);
    }

    private static List<LabelledSample> decided(List<Ballot> ballots, Predicate<String> believed) {
        return ballots.stream()
                .flatMap(ballot -> ballot.decided(believed).stream())
                .sorted(Comparator.comparing(LabelledSample::arrivedAt).thenComparing(LabelledSample::id))
                .toList();
    }

    /** The same where everybody's count. */
    public List<LabelledSample> samples() {
        return samples(by -> true);
    }

    /** How many of each class it holds at most. */
    int mostPerClass() {
        return mostPerClass;
    }
}
