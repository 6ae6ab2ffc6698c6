package dev.hemline.trainer.training;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches in a thread of its own, a few steps ahead of the trainer, which waits for them only where a teacher, who is
 * asked there too, is slower than it learns. The same few batches go round and round, so that a step allocates next to
 * nothing but what the teacher answers.
 */
final class BatchPipeline implements AutoCloseable {
    private static final int AHEAD = 4;

    private final ExecutorService maker =
            Executors.newSingleThreadExecutor(work -> LearningThreads.daemon("hemline-batches", work));
    private final Queue<Future<Batch>> ahead = new ArrayDeque<>();
    private final Batches batches;
    private final Teacher teacher;
    private int nextEpoch;
    private int toMake;

    /**
     * Starts at once.
     *
     * @param batches used by nobody else from here on
     * @param teacher asked by nobody else from here until this is closed
     * @param first epoch to begin with
     * @param last epoch to end after
     */
    BatchPipeline(Batches batches, Teacher teacher, int first, int last) {
        this.batches = batches;
        this.teacher = teacher;
        this.nextEpoch = first;
        this.toMake = (last - first + 1) * batches.perEpoch();
        for (int i = 0; i < AHEAD; i++) {
            release(batches.newBatch());
        }
    }

    /** The next batch, to be given back with {@link #release}; epochs follow each other without a mark. */
    Batch take() {
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("no more batches", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        }
    }

    /** Gives a batch back to be filled again. */
    void release(Batch batch) {
        if (toMake > 0) {
            toMake--;
            ahead.add(maker.submit(() -> make(batch)));
        }
    }

    /** Ends the thread, and waits for it: it may be asking the teacher, whose owner is to close it next. */
    @Override
    public void close() {
        maker.shutdownNow();
        LearningThreads.awaitEnd(maker);
    }

    private Batch make(Batch batch) {
        if (!batches.fill(batch)) {
            batches.startEpoch(nextEpoch++);
            batches.fill(batch);
        }
        batch.ask(teacher);
        return batch;
    }
}
