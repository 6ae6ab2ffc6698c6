package dev.hemline.quality.request;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Chooses, among the samples of one partition, those whose labels are asked for. Half of them by lot: of all samples since it last
 * did so, those with the lowest lots, each with the same known probability. The others are of the last minute: in turns one whose
 * pictures have changed, by lot too, and the one about which the model was least sure. An episode that waits for labels has as many as it
 * wants, by lot, on top of all that. It remembers a bounded number of samples. For one thread.
 */
final class Chooser {
    private static final long REMEMBERED_MILLIS = 60_000;
    private static final int MOST_REMEMBERED = 256;
    private static final int MOST_DRAWN = 1_000;

    private static final Comparator<Candidate> BY_LOT =
            Comparator.comparingDouble(Candidate::lot).thenComparing(Candidate::id);
    private static final Comparator<Candidate> BY_MARGIN =
            Comparator.comparingDouble(Candidate::margin).thenComparing(Candidate::id);

    private final Allowance random;
    private final Allowance chosen;
    /** Those with the lowest lots of this round. */
    private final TreeSet<Candidate> drawn = new TreeSet<>(BY_LOT);

    private final TreeSet<Candidate> doubtful = new TreeSet<>(BY_MARGIN);
    private final TreeSet<Candidate> changed = new TreeSet<>(BY_LOT);
    private final TreeSet<Candidate> wanted = new TreeSet<>(BY_LOT);
    private boolean changedIsNext;
    private long seen;

    /** @param perMinute how many are asked for, in this partition */
    Chooser(double perMinute, long now) {
        random = new Allowance(perMinute / 2, now);
        chosen = new Allowance(perMinute / 2, now);
    }

    /** @param drifted whether pictures like it have changed */
    void offer(Candidate candidate, boolean drifted) {
        seen++;
        keep(candidate, drawn, Math.min(MOST_DRAWN, random.most()));
        keep(candidate, drifted ? changed : doubtful, MOST_REMEMBERED);
        if (!candidate.episode().isEmpty()) {
            keep(candidate, wanted, MOST_REMEMBERED);
        }
    }

    private static void keep(Candidate candidate, NavigableSet<Candidate> lowest, int most) {
        lowest.add(candidate);
        if (lowest.size() > most) {
            lowest.pollLast();
        }
    }

    /**
     * What is to be asked for now.
     *
     * @param stillWanted labels that an episode wants beyond those that were asked for
     */
    List<LabelRequest> choose(long now, ToIntFunction<String> stillWanted) {
        Set<String> asked = new HashSet<>();
        List<LabelRequest> requests = new ArrayList<>(draw(now, asked));
        for (Set<Candidate> others : List.of(doubtful, changed, wanted)) {
            others.removeIf(one -> asked.contains(one.id()) || now - one.seenAt() > REMEMBERED_MILLIS);
        }
        int most = Math.min(chosen.whole(now), doubtful.size() + changed.size());
        for (int taken = 0; taken < most; taken++) {
            boolean drifted = doubtful.isEmpty() || (changedIsNext && !changed.isEmpty());
            Candidate next = Objects.requireNonNull((drifted ? changed : doubtful).pollFirst());
            requests.add(next.asked(drifted ? RequestReason.DRIFTED : RequestReason.UNSURE, null, now));
            wanted.remove(next);
            changedIsNext = !drifted;
        }
        chosen.spend(most);
        askForEpisodes(requests, stillWanted, now);
        return requests;
    }

    /** None of those that were offered for an episode so far is of use to it any more. */
    void forget(String episode) {
        wanted.removeIf(one -> one.episode().equals(episode));
    }

    private void askForEpisodes(List<LabelRequest> requests, ToIntFunction<String> stillWanted, long now) {
        Map<String, Integer> left = new HashMap<>();
        for (Candidate next = wanted.pollFirst(); next != null; next = wanted.pollFirst()) {
            int open = stillWanted.applyAsInt(next.episode()) + left.getOrDefault(next.episode(), 0);
            if (open > 0) {
                left.merge(next.episode(), -1, Integer::sum);
                requests.add(next.askedForEpisode(now));
                doubtful.remove(next);
                changed.remove(next);
            }
        }
    }

    /** Nothing as long as there is nobody to draw, or not enough saved for one: the round goes on then. */
    private List<LabelRequest> draw(long now, Set<String> asked) {
        int most = Math.min(MOST_DRAWN, random.whole(now));
        if (most == 0 || seen == 0) {
            return List.of();
        }
        List<LabelRequest> requests = new ArrayList<>();
        double share = Math.min(1, (double) most / seen);
        for (Candidate next = drawn.pollFirst(); next != null && requests.size() < most; next = drawn.pollFirst()) {
            asked.add(next.id());
            requests.add(next.asked(RequestReason.RANDOM, share * next.share(), now));
        }
        random.spend(requests.size());
        drawn.clear();
        seen = 0;
        return requests;
    }
}
