package dev.hemline.page;

import dev.hemline.event.Drift;
import dev.hemline.event.ModelManifest;
import dev.hemline.service.DaemonThreads;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the watchers which alarms stand about the version that serves, and what can be seen of the change. Looks only while
 * somebody watches, in a thread of its own: brokers take their time.
 */
final class DriftFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DriftFeed.class);
    private static final long LOOK_SECONDS = 3;
    /** After so long there may be more pictures since the change. */
    private static final long AGAIN_NANOS = Duration.ofSeconds(12).toNanos();

    private final PageSources sources;
    private final SseBroadcaster watchers;
    private final DriftEvidenceReader reader;
    private final ScheduledExecutorService look = DaemonThreads.scheduled("page-drift");
    /** Of what is shown. For the thread that looks. */
    private final Map<Drift, Seen> seen = new HashMap<>();

    private @Nullable Message newest;

    private record Seen(DriftEvidence evidence, long at) {
        boolean isFresh() {
            return evidence.isEnough() || System.nanoTime() - at < AGAIN_NANOS;
        }
    }

    DriftFeed(PageSources sources, SseBroadcaster watchers, DriftEvidenceReader reader) {
        this.sources = sources;
        this.watchers = watchers;
        this.reader = reader;
    }

    void start() {
        var unused = look.scheduleWithFixedDelay(this::lookIfWatched, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void lookIfWatched() {
        if (watchers.isEmpty()) {
            return;
        }
        try {
            tell(Message.of("drift", view()));
        } catch (RuntimeException | Error e) {
            // Without brokers there is no news; the next look may have some.
            LOG.debug("What has changed is not known for a moment", e);
        }
    }

    private DriftView view() {
        Optional<ModelManifest> serving = sources.serving().get();
        if (serving.isEmpty()) {
            return new DriftView(0, List.of(), 0);
        }
        var version =
                new ModelKey.Manifest(serving.get().getName(), serving.get().getVersion());
        List<List<Drift>> bySource = DriftView.bySource(sources.drifts().get(), version);
        seen.keySet()
                .retainAll(bySource.stream()
                        .limit(DriftView.SHOWN)
                        .map(alarms -> alarms.get(0))
                        .toList());
        return DriftView.of(version, bySource, serving.get().getLabels(), this::evidence);
    }

    private DriftEvidence evidence(Drift alarm) {
        Seen known = seen.get(alarm);
        if (known == null || !known.isFresh()) {
            known = new Seen(reader.read(alarm), System.nanoTime());
            seen.put(alarm, known);
        }
        return known.evidence;
    }

    private void tell(Message message) {
        Message before;
        synchronized (this) {
            before = newest;
            newest = message;
        }
        if (before == null || !before.toString().equals(message.toString())) {
            watchers.tell(message);
        }
    }

    /** What somebody who comes now has missed. */
    synchronized List<Message> past() {
        return newest == null ? List.of() : List.of(newest);
    }

    @Override
    public void close() {
        look.shutdownNow();
    }
}
