package dev.hemline.producer;

import dev.hemline.service.DaemonThreads;
import dev.hemline.service.UserError;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A producer at work in a thread of its own. */
public final class RunningProducer implements AutoCloseable {
    private final ImageEventProducer producer;
    private final FutureTask<?> work;

    private RunningProducer(ImageEventProducer producer) {
        this.producer = producer;
        this.work = new FutureTask<>(() -> producer.run(() -> false));
    }

    public static RunningProducer start(ImageEventProducer producer) {
        var running = new RunningProducer(producer);
        DaemonThreads.start("producer", running.work);
        return running;
    }

    /** Whether it has ended by itself, which it only does when it fails. */
    public boolean ended() {
        return work.isDone();
    }

    /**
     * Asks it to end and waits until everything it sent is acknowledged.
     *
     * @throws UserError if it failed or does not end in time
     */
    public void finish(Duration patience) throws InterruptedException {
        producer.stop();
        try {
            work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UserError("The producer did not end within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new UserError("The producer failed: " + why, e);
        }
    }

    @Override
    public void close() {
        producer.stop();
    }
}
