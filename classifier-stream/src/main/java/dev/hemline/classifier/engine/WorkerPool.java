package dev.hemline.classifier.engine;

import dev.hemline.classifier.engine.BatchQueue.Batch;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lifecycle.ModelRegistry.Lease;
import dev.hemline.service.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Threads that classify what waits in one queue, with the model that one registry holds. */
final class WorkerPool implements AutoCloseable {
    /** A batch takes milliseconds; a worker that hangs must not keep the process. */
    private static final long CLOSE_MILLIS = 1_000;

    private final BatchQueue queue;
    private final WorkInFlight work;
    private final Function<Lease, BatchClassifier> classifiers;
    private final Unanswered unanswered;
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Starts the threads.
     *
     * @param name of the threads
     * @param classifiers takes the lease over, unless it fails
     * @param unanswered what becomes of events of a batch that fails
     */
    WorkerPool(
            String name,
            EngineSettings settings,
            ModelRegistry models,
            WorkInFlight work,
            Function<Lease, BatchClassifier> classifiers,
            Unanswered unanswered) {
        queue = new BatchQueue(models, settings.maxBatch());
        this.work = work;
        this.classifiers = classifiers;
        this.unanswered = unanswered;
        models.onSwap(manifest -> queue.modelChanged());
        for (int i = 0; i < settings.workers(); i++) {
            threads.add(DaemonThreads.start(name + "-" + i, new Worker()));
        }
    }

    /** @throws dev.hemline.classifier.prefetch.EngineFailedException if a worker failed */
    void add(List<Job> jobs) {
        queue.add(jobs);
    }

    /** Events that no worker has taken on yet. */
    int waiting() {
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
            } catch (RuntimeException | Error e) {
                queue.fail(e);
            } finally {
                letGo();
            }
        }

        /** A failure that is not one picture's reaches whoever waits for the outcomes; the worker itself goes on. */
        private void classify(Batch batch) {
            try {
                BatchClassifier classifier = classifierFor(batch.lease());
                long start = System.nanoTime();
                classifier.classify(batch.jobs());
                work.took(batch.jobs(), System.nanoTime() - start);
            } catch (Throwable e) {
                batch.jobs().forEach(job -> unanswered.failed(job, e));
            }
        }

        private BatchClassifier classifierFor(Lease lease) {
            if (current != null && current.model() == lease.model()) {
                lease.close();
                return current;
            }
            letGo();
            try {
                current = classifiers.apply(lease);
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

    /** Ends the threads after their present batch and gives their models back. */
    @Override
    public void close() {
        queue.close();
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
