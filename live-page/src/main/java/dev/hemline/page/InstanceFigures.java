package dev.hemline.page;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.service.Texts;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Hears what this instance does, in the stream's own threads, and only counts and remembers there: the stream never waits for
 * a browser. Thread-safe.
 */
public final class InstanceFigures implements ClassifierListener {
    private static final int NEWEST_REJECTS = 6;
    static final int MAX_MESSAGE_CHARS = 300;
    private static final int REMEMBERED = 100;

    final PulseMeter pulse = new PulseMeter(Instant.now());
    private final Map<String, Long> rejectsByReason = new TreeMap<>();
    private final Deque<Reject> newestRejects = new ArrayDeque<>();
    private final Deque<Swap> swaps = new ArrayDeque<>();
    private final Map<String, Refusal> refusals = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Refusal> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final SourceRejects rejectsBySource;
    private Optional<String> pinUnmet = Optional.empty();

    /** @param registry for series of what nobody else counts */
    public InstanceFigures(MeterRegistry registry) {
        rejectsBySource = new SourceRejects(registry);
    }

    /** @param at milliseconds since 1970 */
    record Reject(long at, String reason, String message) {}

    /**
     * Events that went to the dead letters so far.
     *
     * @param counts by reason
     * @param newest first
     * @param bySource of the busiest sources, and of the rest together
     */
    record Rejects(Map<String, Long> counts, List<Reject> newest, Map<String, Long> bySource) {}

    /** @param at when the version began to serve, in milliseconds since 1970 */
    record Swap(long at, String model, int version) {}

    /**
     * Why a version must not serve.
     *
     * @param reason a short code
     */
    record Refusal(String reason, String message) {}

    @Override
    public void forwarded(Outcome outcome) {
        pulse.outcome(outcome);
        if (outcome instanceof Rejected rejected) {
            rejected(rejected);
        } else if (outcome instanceof Classified classified) {
            rejectsBySource.classified(classified.classification().getSource());
        }
    }

    @Override
    public void rejectedOf(String source) {
        rejectsBySource.rejected(source);
    }

    private synchronized void rejected(Rejected rejected) {
        String reason = rejected.reason().code();
        String message = rejected.message();
        rejectsByReason.merge(reason, 1L, Long::sum);
        newestRejects.addFirst(
                new Reject(System.currentTimeMillis(), reason, Texts.printable(message, MAX_MESSAGE_CHARS)));
        if (newestRejects.size() > NEWEST_REJECTS) {
            newestRejects.removeLast();
        }
    }

    synchronized Rejects rejects() {
        return new Rejects(Map.copyOf(rejectsByReason), List.copyOf(newestRejects), rejectsBySource.counts());
    }

    @Override
    public synchronized void serves(ModelManifest manifest) {
        refusals.remove(key(manifest));
        swaps.addLast(new Swap(System.currentTimeMillis(), manifest.getName(), manifest.getVersion()));
        if (swaps.size() > REMEMBERED) {
            swaps.removeFirst();
        }
    }

    /** Oldest first. */
    synchronized List<Swap> swaps() {
        return List.copyOf(swaps);
    }

    @Override
    public synchronized void refused(ModelManifest manifest, ModelRefusedException why) {
        refusals.put(
                key(manifest),
                new Refusal(why.reason().code(), Texts.printable(String.valueOf(why.getMessage()), MAX_MESSAGE_CHARS)));
    }

    synchronized Optional<Refusal> refusal(ModelManifest manifest) {
        return Optional.ofNullable(refusals.get(key(manifest)));
    }

    /** A version that was published again with other content is another one to be refused. */
    private static String key(ModelManifest manifest) {
        return manifest.getName() + "/" + manifest.getVersion() + "/"
                + manifest.getArchive().getSha256();
    }

    @Override
    public synchronized void pinUnmet(Optional<String> why) {
        pinUnmet = why;
    }

    /** Why the pin is not followed, if so. */
    synchronized Optional<String> pinUnmet() {
        return pinUnmet;
    }
}
