package dev.hemline.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a reader of foreign bytes promises: whatever it is given, it gives a value or refuses with a reason, and does so in
 * time and without taking more memory than it may. Anything else, errors of the JVM included, breaks the promise.
 */
public final class Promise {
    /** Whoever needs longer for a few kilobytes hangs, on however slow a machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A reason is for a person and has to fit into an event. */
    private static final int LONGEST_REASON = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Reader reader;
    private final Memory memory;
    private final List<Class<? extends Exception>> refusals;
    private Worker worker = new Worker();

    /** Reads bytes that somebody else wrote. */
    @FunctionalInterface
    public interface Reader {
        /** What it read, never null. */
        Object read(byte[] input) throws Exception;
    }

    /**
     * What reading one input may allocate, garbage included.
     *
     * @param bytes whatever the input
     * @param perByte and as much more for each byte of it
     */
    public record Memory(long bytes, long perByte) {
        long limit(byte[] input) {
            return bytes + perByte * input.length;
        }
    }

    private Promise(Reader reader, Memory memory, List<Class<? extends Exception>> refusals) {
        this.reader = reader;
        this.memory = memory;
        this.refusals = refusals;
    }

    /** @param refusals the exceptions that it declares for input it does not take; those derived from them do not count */
    public static Promise of(Reader reader, Memory memory, List<Class<? extends Exception>> refusals) {
        return new Promise(reader, memory, refusals);
    }

    /** What a reader gives for bytes that were written by what was read already: to refuse those breaks the promise. */
    static Object again(Reader reader, byte[] written) {
        try {
            return reader.read(written);
        } catch (Exception e) {
            throw new AssertionError("what was read and written cannot be read again: " + e, e);
        }
    }

    /** @throws AssertionError if the promise is broken */
    public void holdsFor(byte[] input) {
        long limit = memory.limit(input);
        if (worker.read(input.clone()).allocated() <= limit) {
            return;
        }
        // The first to come this way had classes loaded, which is not the input's doing.
        long allocated = worker.read(input.clone()).allocated();
        if (allocated > limit) {
            throw new AssertionError(
                    input.length + " bytes of input took " + allocated + " bytes of memory, more than " + limit);
        }
    }

    private void requireReason(Throwable refusal) {
        if (!refusals.contains(refusal.getClass())) {
            throw new AssertionError("neither a value nor a refusal: " + refusal, refusal);
        }
        String reason = refusal.getMessage();
        if (reason == null || reason.isBlank()) {
            throw new AssertionError("a refusal without a reason", refusal);
        }
        if (reason.length() > LONGEST_REASON) {
            throw new AssertionError("a reason of " + reason.length() + " characters", refusal);
        }
    }

    private record Outcome(long allocated) {}

    /** Reads on a thread with a stack of usual size, which can be given up when it hangs. */
    private final class Worker {
        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread started = new Thread(task, "reader");
            started.setDaemon(true);
            return started;
        });

        Outcome read(byte[] input) {
            Future<Outcome> reading = thread.submit(() -> attempt(input));
            try {
                return reading.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                thread.shutdownNow();
                worker = new Worker();
                throw new AssertionError("no answer within " + PATIENCE.toSeconds() + " s", e);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AssertionError broken) {
                    throw broken;
                }
                throw new AssertionError(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        private Outcome attempt(byte[] input) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Throwable refusal = null;
            try {
                Object value = reader.read(input);
                if (value == null) {
                    throw new AssertionError("neither a value nor a refusal: null");
                }
            } catch (AssertionError e) {
                throw e;
            } catch (Throwable e) {
                refusal = e;
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (refusal != null) {
                requireReason(refusal);
            }
            return new Outcome(allocated);
        }
    }
}
