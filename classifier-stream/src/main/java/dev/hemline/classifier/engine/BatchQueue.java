package dev.hemline.classifier.engine;

import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lifecycle.ModelRegistry.Lease;
import dev.hemline.classifier.prefetch.EngineFailedException;
import dev.hemline.model.serving.LoadedModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Where events wait for a worker, and for the first model. A batch and the model that will classify it are taken in one
 * step: were they taken apart, a worker could take early events, pause, and classify them with a newer model than the
 * events behind them got, and a reader would see versions go back.
 */
final class BatchQueue {
    /** Decoding of a batch, however few its pictures: the events of a batch wait for each other. */
    static final Duration LONGEST_DECODING = Duration.ofMillis(250);

    private final ModelRegistry models;
    private final int maxBatch;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private boolean closed;
    private @Nullable Throwable failure;

    BatchQueue(ModelRegistry models, int maxBatch) {
        this.models = models;
        this.maxBatch = maxBatch;
    }

    /** What a worker does next: classify these (none: just let go of the model it had) with the leased model. */
    record Batch(List<Job> jobs, Lease lease) {}

    /** @throws EngineFailedException if a worker failed */
    synchronized void add(List<Job> jobs) {
        if (failure != null) {
            throw new EngineFailedException("A thread that classifies has ended", failure);
        }
        if (closed) {
            throw new IllegalStateException("The inference engine is closed");
        }
        waiting.addAll(jobs);
        notifyAll();
    }

    synchronized void modelChanged() {
        notifyAll();
    }

    /**
     * Waits for events and a model, or for a newer model than the worker has.
     *
     * @param inUse the model that the worker still holds
     * @return empty when the queue is closed
     */
    synchronized Optional<Batch> take(@Nullable LoadedModel inUse) throws InterruptedException {
        while (!closed) {
            Optional<Lease> lease = models.acquire();
            if (lease.isPresent()) {
                if (!waiting.isEmpty() || (inUse != null && lease.get().model() != inUse)) {
                    int most = Math.min(maxBatch, lease.get().model().largestBatch());
                    // All that may fail first: jobs that have left the queue are the worker's, to answer each.
                    var next = Optional.of(new Batch(new ArrayList<>(most), lease.get()));
                    moveTo(next.get().jobs(), most);
                    return next;
                }
                lease.get().close();
            }
            wait();
        }
        return Optional.empty();
    }

    private void moveTo(List<Job> jobs, int most) {
        long nanos = 0;
        for (Job next = waiting.peek(); next != null && jobs.size() < most; next = waiting.peek()) {
            if (!next.outcome().isCancelled()) {
                nanos += next.nanos();
                if (!jobs.isEmpty() && nanos > LONGEST_DECODING.toNanos()) {
                    break;
                }
                jobs.add(next);
            }
            waiting.remove();
        }
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Ends every {@link #take}, and tells whoever waits, or comes later, why. */
    synchronized void fail(Throwable cause) {
        failure = cause;
        waiting.forEach(job -> job.outcome().completeExceptionally(cause));
        close();
    }

    /** Ends every {@link #take}; what still waits stays unanswered, and so uncommitted. */
    synchronized void close() {
        closed = true;
        waiting.clear();
        notifyAll();
    }
}
