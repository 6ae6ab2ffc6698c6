package dev.hemline.classifier.engine;

import dev.hemline.classifier.engine.BatchQueue.Batch;
import dev.hemline.classifier.engine.BatchQueue.Job;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lifecycle.ModelRegistry.Lease;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.image.ImageDecoder;
import dev.hemline.service.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers events with the current model. Events that are submitted together, or that pile up while a batch runs, are
 * classified together; before the first model they wait. Memory is bounded by the caller, who submits no more than it
 * has polled.
 */
public final class InferenceEngine implements AutoCloseable {
    /** A batch takes milliseconds; a worker that hangs must not keep the process. */
    private static final long CLOSE_MILLIS = 1_000;

    private final ImageDecoder decoder;
    private final int maxBatch;
    private final ClassifierListener listener;
    private final BatchQueue queue;
    private final List<Thread> workers = new ArrayList<>();

    public InferenceEngine(
            EngineSettings settings, ModelRegistry models, ImageDecoder decoder, ClassifierListener listener) {
        this.decoder = decoder;
        this.listener = listener;
        maxBatch = settings.maxBatch();
        queue = new BatchQueue(models, maxBatch);
        models.onSwap(manifest -> queue.modelChanged());
        for (int i = 0; i < settings.workers(); i++) {
            workers.add(DaemonThreads.start("inference-" + i, new Worker()));
        }
    }

    /**
     * Takes events on, in order.
     *
     * @return one future per event; none ever fails because of what an event holds. Of one that is cancelled in time, the
     *     event is not classified
     */
    public List<CompletableFuture<Outcome>> submit(List<byte[]> events) {
        List<Job> jobs = events.stream().map(Job::new).toList();
        queue.add(jobs);
        return jobs.stream().map(Job::outcome).toList();
    }

    /** Events that no worker has taken on yet. */
    public int waiting() {
        return queue.size();
    }

    /** One thread's work: take a batch, change to its model if that is another one, classify. */
    private final class Worker implements Runnable {
        private @Nullable BatchClassifier current;

        @Override
        public void run() {
            try {
                Optional<Batch> next = queue.take(null);
                while (next.isPresent()) {
                    classify(next.get());
                    next = queue.take(current == null ? null : current.model());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                letGo();
            }
        }

        /** A failure that is not one picture's reaches whoever waits for the outcomes; the worker itself goes on. */
        private void classify(Batch batch) {
            try {
                classifierFor(batch.lease()).classify(batch.jobs());
            } catch (Throwable e) {
                batch.jobs().forEach(job -> job.outcome().completeExceptionally(e));
            }
        }

        private BatchClassifier classifierFor(Lease lease) {
            if (current != null && current.model() == lease.model()) {
                lease.close();
                return current;
            }
            letGo();
            try {
                current = new BatchClassifier(lease, decoder, maxBatch, listener);
                return current;
            } catch (RuntimeException | Error e) {
                lease.close();
                throw e;
            }
        }

        private void letGo() {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }

    /** Ends the workers after their present batch and gives their models back. */
    @Override
    public void close() {
        queue.close();
        try {
            for (Thread worker : workers) {
                worker.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
