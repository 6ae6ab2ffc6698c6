package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import java.time.Instant;
import java.util.List;

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
    private final BoundedMap<Early> early = new BoundedMap<>(
            MOST_EARLY_CHARS,
            label -> label.truth().getId().length() + label.truth().getBy().length() + OVERHEAD);
    private final Reservoir reservoir;

    private record Early(GroundTruth truth, Instant arrivedAt) {}

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
        Early label = early.remove(id);
        if (label != null) {
            join(sample, label.truth(), label.arrivedAt());
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
        if (reservoir.relabel(truth, arrivedAt)) {
            return;
        }
        Sample sample = requested.remove(truth.getId());
        if (sample == null) {
            sample = waiting.remove(truth.getId());
        }
        if (sample == null) {
            keep(truth, arrivedAt);
        } else {
            join(sample, truth, arrivedAt);
        }
    }

    /** Those that came last and have no label, and that nobody was asked about. */
    synchronized List<Sample> unlabelled(int most) {
        return waiting.newest(most);
    }

    private void keep(GroundTruth truth, Instant arrivedAt) {
        Early before = early.get(truth.getId());
        if (before == null || !truth.getLabelledAt().isBefore(before.truth().getLabelledAt())) {
            early.put(truth.getId(), new Early(truth, arrivedAt));
        }
    }

    private void join(Sample sample, GroundTruth truth, Instant arrivedAt) {
        if (truth.getLabel() < sample.getProbabilities().size()) {
            reservoir.add(LabelledSample.of(sample, truth, arrivedAt, reasons.remove(sample.getId())));
        } else {
            waiting.put(sample.getId(), sample);
        }
    }
}
