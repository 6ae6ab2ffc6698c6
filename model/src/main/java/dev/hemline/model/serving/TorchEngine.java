package dev.hemline.model.serving;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one libtorch of this process. Its settings are process-wide, so they are decided here and nowhere else. */
public final class TorchEngine {
    private static final String NAME = "PyTorch";

    /** What DJL reads while it starts; anything that the command line sets with -D stays as it is. */
    private static final Map<String, String> SETTINGS = Map.of(
            // The native library is on the class path; neither models nor libraries nor usage figures use the network.
            "ai.djl.offline", "true",
            "OPT_OUT_TRACKING", "true",
            // Nothing of ours forks inside a graph, so a second pool would only hold idle threads.
            "ai.djl.pytorch.num_interop_threads", "1",
            // The profiling executor measured 0.7 times as fast when batch sizes vary: it specialises on shapes it has
            // seen.
            "ai.djl.pytorch.graph_optimizer", "false");

    /** Per operation; 0 until libtorch is started. */
    private static int threads;

    private TorchEngine() {}

    /**
     * Starts libtorch if it is not running, and lets each operation use that many threads. One is best where several
     * streams classify side by side; more threads than free cores make everything slower.
     *
     * @param intraOpThreads at least 1; a later call changes it for the whole process
     * @throws ai.djl.engine.EngineException if there is no libtorch for this platform on the class path
     */
    public static synchronized void start(int intraOpThreads) {
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("libtorch needs at least one thread, not " + intraOpThreads);
        }
        SETTINGS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        Engine.getEngine(NAME);
        JniUtils.setNumThreads(intraOpThreads);
        threads = intraOpThreads;
    }

    /** Starts libtorch with one thread per operation unless it is running already. */
    public static synchronized void startIfNeeded() {
        if (threads == 0) {
            start(1);
        }
    }

    /** How many threads each operation may use. */
    public static synchronized int threads() {
        startIfNeeded();
        return threads;
    }

    /**
     * Lets operations that the calling thread starts use that many threads, whatever others may. Not while another thread may
     * be computing for the first time.
     *
     * @param intraOpThreads at least 1
     */
    public static synchronized void limitThisThread(int intraOpThreads) {
        int others = threads();
        // A thread takes over the process's number when it first asks for it, and would do so after this.
        JniUtils.getNumThreads();
        JniUtils.setNumThreads(intraOpThreads);
        // That was the process's number too; a thread that ends at once puts it back.
        try {
            runToTheEnd(new Thread(() -> JniUtils.setNumThreads(others), "torch-threads"));
        } catch (OutOfMemoryError e) {
            JniUtils.setNumThreads(others);
            throw e;
        }
    }

    private static void runToTheEnd(Thread thread) {
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Threads for one program that has the machine to itself: one per processor if libtorch's idle threads sleep
     * ({@code OMP_WAIT_POLICY=passive} in the environment), else 1. By default they spin, and where another program needs
     * a processor too, they take it from the very thread they wait for: 40 images a second instead of 600 were seen.
     */
    public static int recommendedThreads() {
        boolean idleThreadsSleep = "passive".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"));
        return idleThreadsSleep ? Runtime.getRuntime().availableProcessors() : 1;
    }

    /** Whether libtorch failed because there was no memory to be had, which DJL tells by a text alone. */
    public static boolean lacksMemory(@Nullable Throwable failure) {
        String message = failure == null ? "" : String.valueOf(failure.getMessage());
        return message.contains("DefaultCPUAllocator") || message.contains("bad_alloc");
    }

    /** The engine's name as DJL's factory methods want it. */
    public static String name() {
        return NAME;
    }
}
