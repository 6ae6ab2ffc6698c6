package dev.hemline.quickstart.demo.live;

import static java.util.stream.Collectors.toSet;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelManifest;
import dev.hemline.quickstart.demo.live.LiveStatus.PublishedModel;
import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import dev.hemline.quickstart.demo.live.LiveStatus.Serving;
import dev.hemline.quickstart.demo.live.LiveStatus.Swap;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was seen on the topics so far: counts, accuracy, latency, the version that answers. For people to watch; the
 * reckoning at the end is {@link dev.hemline.testbed.audit.StreamAudit}'s. Thread-safe.
 *
 * <p>Latency is from an event's {@code capturedAt} until its result can be read. Events from before the first result
 * waited for a model to be trained and are left out.
 */
public final class LiveView {
    private final AccuracyTracker accuracy = new AccuracyTracker();
    /** What strangers write instead has no end. */
    private static final Set<String> REASONS =
            Stream.of(Rejection.values()).map(Rejection::code).collect(toSet());

    private final Latencies latencies = new Latencies();
    private final RateMeter results = new RateMeter();
    private final SortedMap<Integer, PublishedModel> published = new TreeMap<>();
    private final SortedMap<Integer, Instant> firstUsed = new TreeMap<>();
    private final SortedMap<String, Long> rejects = new TreeMap<>();
    private final List<Swap> swaps = new ArrayList<>();
    private long sent;
    private long classified;
    private @Nullable Instant firstResult;
    private @Nullable Classification newest;

    /**
     * What was seen over the whole run.
     *
     * @param published every version on the topic, older ones too
     * @param firstUsed when each version gave its first result
     * @param latency of events captured after the first result
     * @param firstResult when the first result was read
     */
    public record History(
            SortedMap<Integer, PublishedModel> published,
            SortedMap<Integer, Instant> firstUsed,
            Optional<Quantiles> latency,
            Optional<Instant> firstResult) {}

    synchronized void event(Optional<ImageEvent> event) {
        sent++;
        event.ifPresent(image -> {
            if (image.getLabel() != null && image.getId().length() <= EventChecks.MAX_NAME_CHARS) {
                accuracy.label(image.getId(), image.getLabel());
            }
        });
    }

    synchronized void truth(GroundTruth truth) {
        if (EventChecks.fault(truth).isEmpty()) {
            accuracy.label(truth.getId(), truth.getLabel());
        }
    }

    synchronized void model(ModelManifest manifest, Instant publishedAt) {
        published.put(
                manifest.getVersion(),
                new PublishedModel(
                        manifest.getVersion(), manifest.getEvaluation().getAccuracy(), publishedAt));
    }

    synchronized void result(Classification result, Instant now) {
        if (EventChecks.fault(result).isPresent()) {
            return;
        }
        classified++;
        results.mark(now);
        accuracy.answer(result.getId(), result.getModelVersion(), result.getLabel(), result.getClassifiedAt());
        if (firstResult == null) {
            firstResult = now;
        }
        if (result.getCapturedAt().isAfter(firstResult)) {
            latencies.add(Duration.between(result.getCapturedAt(), now));
        }
        firstUsed.putIfAbsent(result.getModelVersion(), result.getClassifiedAt());
        noteSwap(result, now);
    }

    /** Partitions are read one after another, so only an answer newer than all seen can tell of a swap. */
    private void noteSwap(Classification result, Instant now) {
        if (newest != null && !result.getClassifiedAt().isAfter(newest.getClassifiedAt())) {
            return;
        }
        Optional<Serving> before = serving();
        newest = result;
        serving()
                .filter(after -> before.isEmpty() || before.get().version() != after.version())
                .ifPresent(after -> swaps.add(new Swap(now, after, before)));
    }

    private Optional<Serving> serving() {
        return Optional.ofNullable(newest)
                .map(result -> new Serving(
                        result.getModelName(),
                        result.getModelVersion(),
                        Optional.ofNullable(published.get(result.getModelVersion()))));
    }

    synchronized void reject(String reason) {
        rejects.merge(REASONS.contains(reason) ? reason : "other", 1L, Long::sum);
    }

    /** Swaps that nobody has asked for yet. */
    public synchronized List<Swap> takeSwaps() {
        List<Swap> taken = List.copyOf(swaps);
        swaps.clear();
        return taken;
    }

    /** What there is to show right now. */
    public synchronized LiveStatus status(Instant now) {
        return new LiveStatus(
                serving(),
                sent,
                classified,
                Map.copyOf(rejects),
                results.perSecond(now),
                accuracy.recent(),
                accuracy.perVersion(),
                latencies.ofTheLast());
    }

    /** What an event of somebody who knows shows. */
    public synchronized void known(String id, int label) {
        accuracy.label(id, label);
    }

    /** Of the results whose truth is known, by when they were given. */
    public synchronized AccuracyCourse course() {
        return accuracy.course().copy();
    }

    /** What is left to tell when all is over. */
    public synchronized History history() {
        return new History(
                new TreeMap<>(published),
                new TreeMap<>(firstUsed),
                latencies.ofTheRun(),
                Optional.ofNullable(firstResult));
    }
}
