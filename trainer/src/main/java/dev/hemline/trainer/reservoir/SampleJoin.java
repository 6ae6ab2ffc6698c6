package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings samples and their labels together, whichever comes first. Samples wait for their labels as long as there is room; those whose
 * labels somebody asked for wait apart, so that a busy stream cannot crowd them out. Thread-safe.
 */
final class SampleJoin {
    private static final long MOST_WAITING_BYTES = 64 << 20;
    private static final long MOST_REQUESTED_BYTES = 64 << 20;
    private static final long MOST_EARLY_CHARS = 32 << 20;
    private static final long MOST_REASONS = 100_000;

    /** What an entry takes beside its content. */
    private static final int OVERHEAD = 200;

    private final BoundedMap<Sample> waiting = new BoundedMap<>(MOST_WAITING_BYTES, SampleJoin::bytes);
    private final BoundedMap<Sample> requested = new BoundedMap<>(MOST_REQUESTED_BYTES, SampleJoin::bytes);
    private final BoundedMap<RequestReason> reasons = new BoundedMap<>(MOST_REASONS, reason -> 1);
    private final BoundedMap<List<Vote>> early = new BoundedMap<>(
            MOST_EARLY_CHARS,
            votes -> votes.stream()
                    .mapToLong(vote -> vote.by().length() + (long) OVERHEAD)
                    .sum());
    private final Reservoir reservoir;

    SampleJoin(Reservoir reservoir) {
        this.reservoir = reservoir;
    }

    private static long bytes(Sample sample) {
        return sample.getPixels().capacity()
                + sample.getId().length()
                + sample.getSource().length()
                + Float.BYTES * (long) sample.getProbabilities().size()
                + OVERHEAD;
    }

    synchronized void sample(Sample sample) {
        String id = sample.getId();
        List<Vote> votes = early.remove(id);
        if (votes != null && votes.stream().anyMatch(vote -> isPossible(vote, sample))) {
            join(sample, votes);
        } else if (reasons.get(id) != null) {
            requested.put(id, sample);
        } else {
            waiting.put(id, sample);
        }
    }

    synchronized void request(LabelRequest request) {
        String id = request.getId();
        reasons.put(id, request.getReason());
        reservoir.asked(id, request.getReason());
        Sample sample = waiting.remove(id);
        if (sample != null) {
            requested.put(id, sample);
        }
    }

    synchronized void label(GroundTruth truth, Instant arrivedAt) {
        String id = truth.getId();
        Vote vote = Vote.of(truth, arrivedAt);
        if (reservoir.vote(id, vote)) {
            return;
        }
        Sample requestedSample = requested.get(id);
        Sample sample = requestedSample == null ? waiting.get(id) : requestedSample;
        if (sample == null) {
            keep(id, vote);
        } else if (isPossible(vote, sample)) {
            requested.remove(id);
            waiting.remove(id);
            join(sample, List.of(vote));
        }
    }

    private static boolean isPossible(Vote vote, Sample sample) {
        return vote.label() < sample.getProbabilities().size();
    }

    /** Those that came last and have no label, and that nobody was asked about. */
    synchronized List<Sample> unlabelled(int most) {
        return waiting.newest(most);
    }

    /** How many labels each labeller has given, before that, of pictures that are not known. */
    synchronized Map<String, Integer> unmatched(Instant before) {
        Map<String, Integer> counts = new HashMap<>();
        early.newest(Integer.MAX_VALUE).stream()
                .flatMap(List::stream)
                .filter(vote -> vote.arrivedAt().isBefore(before))
                .forEach(vote -> counts.merge(vote.by(), 1, Integer::sum));
        return counts;
    }

    private void keep(String id, Vote vote) {
        List<Vote> before = early.get(id);
        early.put(id, before == null ? List.of(vote) : Ballot.plus(before, vote));
    }

    private void join(Sample sample, List<Vote> votes) {
        List<Vote> possible =
                votes.stream().filter(vote -> isPossible(vote, sample)).toList();
        reservoir.add(new Ballot(sample, possible, reasons.remove(sample.getId())));
    }
}
