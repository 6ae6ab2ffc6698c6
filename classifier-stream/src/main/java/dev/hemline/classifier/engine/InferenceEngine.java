package dev.hemline.classifier.engine;

import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.image.ImageDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Answers events with the current model. Events that are submitted together, or that pile up while a batch runs, are
 * classified together; before the first model they wait. Memory is bounded by the caller, who submits no more than it
 * has polled.
 */
public final class InferenceEngine implements AutoCloseable {
    /** A batch takes milliseconds; a worker that hangs must not keep the process. */
    private static final long CLOSE_MILLIS = 1_000;

    private final BatchQueue queue;
    private final List<Thread> workers = new ArrayList<>();

    public InferenceEngine(
            EngineSettings settings, ModelRegistry models, ImageDecoder decoder, ClassifierListener listener) {
        queue = new BatchQueue(models, settings.maxBatch());
        models.onSwap(manifest -> queue.modelChanged());
        for (int i = 0; i < settings.workers(); i++) {
            var worker = new EngineWorker(queue, decoder, settings.maxBatch(), listener);
            Thread thread = new Thread(worker, "inference-" + i);
            thread.setDaemon(true);
            thread.start();
            workers.add(thread);
        }
    }

    /**
     * Takes events on, in order.
     *
     * @return one future per event; none ever fails because of what an event holds
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
