package dev.hemline.trainer.training;

import dev.hemline.model.serving.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads in which parts of one step are computed side by side. */
final class LearningThreads implements AutoCloseable {
    private final ExecutorService threads;

    /** @param torchThreads that operations of each may use */
    LearningThreads(int count, int torchThreads) {
        threads = Executors.newFixedThreadPool(
                count, work -> daemon("hemline-learning", () -> limited(torchThreads, work)));
    }

    /**
     * Waits for all of them.
     *
     * @return what each found, in order
     * @throws RuntimeException what one failed with, once all have ended; or if interrupted, when some may still compute
     */
    List<Step> all(List<Callable<Step>> parts) {
        try {
            List<Step> found = new ArrayList<>();
            for (Future<Step> part : threads.invokeAll(parts)) {
                found.add(part.get());
            }
            return found;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failed
                    ? failed
                    : new IllegalStateException("cannot learn from a batch", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while learning from a batch", e);
        }
    }

    /** Ends the threads, and waits for them: what they compute with is to be freed next. */
    @Override
    public void close() {
        threads.shutdown();
        awaitEnd(threads);
    }

    /** Returns when these threads, which were told to end, have ended, interrupted or not. */
    static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread that no process waits for. */
    static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void limited(int torchThreads, Runnable work) {
        try {
            TorchEngine.limitThisThread(torchThreads);
        } finally {
            // A thread that ended without it would be waited for in vain.
            work.run();
        }
    }
}
