package dev.hemline.page;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The browsers that watch. Telling them never waits: who does not keep up is let go, and may come back. Thread-safe. */
final class SseBroadcaster implements AutoCloseable {
    private static final int WAITING_MESSAGES = 64;

    private final int most;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param most that may watch at a time */
    SseBroadcaster(int most) {
        this.most = most;
    }

    /** One browser. Closed by whoever serves it. */
    final class Watcher implements AutoCloseable {
        private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING_MESSAGES);
        private final AtomicBoolean gone = new AtomicBoolean();

        /** What to write next; empty when this watcher has been let go. */
        Optional<Message> next() throws InterruptedException {
            while (!gone.get() && !closed) {
                Message message = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (message != null) {
                    return Optional.of(message);
                }
            }
            return Optional.empty();
        }

        private void tell(Message message) {
            if (!waiting.offer(message)) {
                gone.set(true);
            }
        }

        /** Makes room for another. */
        @Override
        public void close() {
            watchers.remove(this);
        }
    }

    /** Empty where there are too many already. */
    synchronized Optional<Watcher> join() {
        if (closed || watchers.size() >= most) {
            return Optional.empty();
        }
        var watcher = new Watcher();
        watchers.add(watcher);
        return Optional.of(watcher);
    }

    boolean isEmpty() {
        return watchers.isEmpty();
    }

    void tell(Message message) {
        watchers.forEach(watcher -> watcher.tell(message));
    }

    /** Lets everybody go, within a moment. */
    @Override
    public void close() {
        closed = true;
    }
}
