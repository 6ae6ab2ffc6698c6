package dev.hemline.page;

import dev.hemline.service.DaemonThreads;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the watchers what is new: every second what this instance did, every few seconds how models and accuracy stand. Looks
 * only while somebody watches; only the pulse is always taken, so that the page has a past when it opens.
 */
final class PageFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageFeed.class);
    private static final long PULSE_SECONDS = 1;
    private static final long LOOK_SECONDS = 3;
    private static final int ACCURACIES_REMEMBERED = 200;

    private final PageSources sources;
    private final SseBroadcaster watchers;
    private final ScheduledExecutorService pulse = DaemonThreads.scheduled("page-pulse");
    /** Asking other instances takes its time, which the pulse must not wait for. */
    private final ScheduledExecutorService look = DaemonThreads.scheduled("page-look");

    private final AtomicBoolean lookAsked = new AtomicBoolean();

    private final Deque<AccuracyView> accuracies = new ArrayDeque<>();
    /** How models and accuracy stood at the last look. */
    private final Map<String, Message> newest = new LinkedHashMap<>();

    PageFeed(PageSources sources, SseBroadcaster watchers) {
        this.sources = sources;
        this.watchers = watchers;
    }

    void start() {
        var unusedBeat =
                pulse.scheduleAtFixedRate(() -> onceRead(this::beat), PULSE_SECONDS, PULSE_SECONDS, TimeUnit.SECONDS);
        var unusedLook = look.scheduleWithFixedDelay(
                () -> onceRead(this::lookIfWatched), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** So that who has just come sees everything at once. */
    void lookNow() {
        // One look is enough for all who come while it waits for its turn.
        if (!look.isShutdown() && lookAsked.compareAndSet(false, true)) {
            look.execute(() -> {
                lookAsked.set(false);
                onceRead(this::lookIfWatched);
            });
        }
    }

    private static void onceRead(Runnable step) {
        try {
            step.run();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            LOG.debug("Topics are still being read", e);
        }
    }

    private void beat() {
        PulseMeter.Pulse now = sources.figures().pulse.beat(Instant.now());
        if (!watchers.isEmpty()) {
            watchers.tell(Message.of("pulse", now));
            watchers.tell(Message.of("rejects", sources.figures().rejects()));
        }
    }

    private void lookIfWatched() {
        if (watchers.isEmpty()) {
            return;
        }
        tellAndKeep("models", ModelsView.of(sources.models(), sources.serving().get(), sources.figures()));
        AccuracyView view = AccuracyView.of(
                sources.accuracy().get(),
                sources.serving().get(),
                sources.requested().get(),
                Instant.now());
        tellAndKeep("accuracy", view);
        if (view.why() == null) {
            remember(view.brief());
        }
    }

    private void tellAndKeep(String event, Object body) {
        Message message = Message.of(event, body);
        watchers.tell(message);
        synchronized (this) {
            newest.put(event, message);
        }
    }

    private synchronized void remember(AccuracyView brief) {
        accuracies.addLast(brief);
        if (accuracies.size() > ACCURACIES_REMEMBERED) {
            accuracies.removeFirst();
        }
    }

    /** What somebody who comes now has missed. */
    synchronized List<Message> past() {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.of("pulses", sources.figures().pulse.history()));
        messages.add(Message.of("rejects", sources.figures().rejects()));
        messages.add(Message.of("accuracies", List.copyOf(accuracies)));
        messages.addAll(newest.values());
        return messages;
    }

    @Override
    public void close() {
        pulse.shutdownNow();
        look.shutdownNow();
    }
}
