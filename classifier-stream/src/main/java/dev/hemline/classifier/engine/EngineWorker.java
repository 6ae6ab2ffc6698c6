package dev.hemline.classifier.engine;

import dev.hemline.classifier.engine.BatchQueue.Batch;
import dev.hemline.classifier.lifecycle.ModelLease;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.image.ImageDecoder;
import dev.hemline.model.serving.LoadedModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thread's work: take a batch, change to its model if that is another one, classify. */
final class EngineWorker implements Runnable {
    private final BatchQueue queue;
    private final ImageDecoder decoder;
    private final int maxBatch;
    private final ClassifierListener listener;
    private @Nullable BatchClassifier current;

    EngineWorker(BatchQueue queue, ImageDecoder decoder, int maxBatch, ClassifierListener listener) {
        this.queue = queue;
        this.decoder = decoder;
        this.maxBatch = maxBatch;
        this.listener = listener;
    }

    @Override
    public void run() {
        try {
            Optional<Batch> next = queue.take(modelInUse());
            while (next.isPresent()) {
                classify(next.get());
                next = queue.take(modelInUse());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            letGo();
        }
    }

    private @Nullable LoadedModel modelInUse() {
        return current == null ? null : current.model();
    }

    /** A failure that is not one picture's reaches whoever waits for the outcomes; the worker itself goes on. */
    private void classify(Batch batch) {
        try {
            classifierFor(batch.lease()).classify(batch.jobs());
        } catch (Throwable e) {
            batch.jobs().forEach(job -> job.outcome().completeExceptionally(e));
        }
    }

    private BatchClassifier classifierFor(ModelLease lease) {
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
