package dev.hemline.page;

import dev.hemline.service.Seats;
import dev.hemline.service.Seats.Seat;
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

    private final Seats seats;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param most that may watch at a time
     * @param mostOfOneClient of them
     */
    SseBroadcaster(int most, int mostOfOneClient) {
        seats = new Seats(most, mostOfOneClient);
    }

    /** One browser. Closed by whoever serves it. */
    final class Watcher implements AutoCloseable {
        private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(WAITING_MESSAGES);
        private final AtomicBoolean gone = new AtomicBoolean();
        private final Seat seat;

        private Watcher(Seat seat) {
            this.seat = seat;
        }

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
            seat.close();
        }
    }

    /**
     * Empty where there are too many already.
     *
     * @param client its address
     */
    Optional<Watcher> join(String client) {
        Optional<Watcher> watcher =
                closed ? Optional.empty() : seats.take(client).map(Watcher::new);
        watcher.ifPresent(watchers::add);
        return watcher;
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
