package dev.hemline.page;

import dev.hemline.service.DaemonThreads;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the watchers how something stands whenever it is not as it was. Looks every few seconds, only while somebody watches, in a
 * thread of its own: brokers take their time.
 */
final class PolledFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolledFeed.class);
    private static final long LOOK_SECONDS = 3;

    private final String event;
    private final SseBroadcaster watchers;
    private final Supplier<?> view;
    private final ScheduledExecutorService look;

    private @Nullable Message newest;

    /** @param view for the thread of this feed alone; may throw where brokers do not answer */
    PolledFeed(String event, SseBroadcaster watchers, Supplier<?> view) {
        this.event = event;
        this.watchers = watchers;
        this.view = view;
        look = DaemonThreads.scheduled("page-" + event);
    }

    void start() {
        var unused = look.scheduleWithFixedDelay(this::lookIfWatched, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void lookIfWatched() {
        if (watchers.isEmpty()) {
            return;
        }
        try {
            tell(Message.of(event, view.get()));
        } catch (RuntimeException | Error e) {
            // Without brokers there is no news; the next look may have some.
            LOG.debug("How {} stands is not known for a moment", event, e);
        }
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
