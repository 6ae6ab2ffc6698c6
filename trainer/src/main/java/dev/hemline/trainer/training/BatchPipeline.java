package dev.hemline.trainer.training;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches in a thread of its own, a few steps ahead of the trainer, which waits for them only where a teacher, who is
 * asked there too, is slower than it learns. The same few batches go round and round, so that a step allocates nothing but
 * what the teacher answers.
 */
final class BatchPipeline implements AutoCloseable {
    private static final int AHEAD = 4;
    /** Comes where no other will. */
    private static final Batch END = new Batch(0, 0);

    private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(AHEAD);
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(AHEAD);
    private final Thread maker;
    private volatile @Nullable Throwable failure;

    /**
     * Starts at once.
     *
     * @param batches used by nobody else from here on
     * @param teacher asked by nobody else from here until this is closed
     * @param first epoch to begin with
     * @param last epoch to end after
     */
    BatchPipeline(Batches batches, Teacher teacher, int first, int last) {
        for (int i = 0; i < AHEAD; i++) {
            empty.add(batches.newBatch());
        }
        this.maker = new Thread(() -> make(batches, teacher, first, last), "hemline-batches");
        maker.setDaemon(true);
        maker.start();
    }

    /** The next batch, to be given back with {@link #release}; epochs follow each other without a mark. */
    Batch take() {
        try {
            Batch batch = full.take();
            Throwable failed = failure;
            if (failed != null) {
                throw new IllegalStateException("no more batches", failed);
            }
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        }
    }

    /** Gives a batch back to be filled again. */
    void release(Batch batch) {
        empty.add(batch);
    }

    /** Ends the thread, and waits for it: it may be asking the teacher, whose owner is to close it next. */
    @Override
    public void close() {
        maker.interrupt();
        boolean interrupted = false;
        while (maker.isAlive()) {
            try {
                maker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(Batches batches, Teacher teacher, int first, int last) {
        try {
            for (int epoch = first; epoch <= last; epoch++) {
                batches.startEpoch(epoch);
                for (int i = 0; i < batches.perEpoch(); i++) {
                    Batch batch = empty.take();
                    batches.fill(batch);
                    batch.ask(teacher);
                    full.put(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Whatever it is, memory that ran out for instance: who waits for a batch is to hear of it.
            failure = e;
            full.offer(END);
        }
    }
}
