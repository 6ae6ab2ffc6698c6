package dev.hemline.service;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that no process waits for at its end. */
public final class DaemonThreads {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonThreads.class);

    private DaemonThreads() {}

    /**
     * One thread for what is done again and again. What a task throws is logged, and there is a next time all the same; its future
     * tells nobody.
     */
    public static ScheduledExecutorService scheduled(String name) {
        return scheduled(name, 1);
    }

    /** So many at most. */
    public static ScheduledExecutorService scheduled(String name, int most) {
        return new Lasting(name, most);
    }

    /** Java's own keeps what a task throws to itself, and never does it again. */
    private static final class Lasting extends ScheduledThreadPoolExecutor {
        private final String name;
        private final LogThrottle line = new LogThrottle();

        Lasting(String name, int most) {
            super(most, task -> named(name, task));
            this.name = name;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(heard(task), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
            return super.scheduleAtFixedRate(heard(task), first, period, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long pause, TimeUnit unit) {
            return super.scheduleWithFixedDelay(heard(task), first, pause, unit);
        }

        private Runnable heard(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    if (line.isDue(e.toString())) {
                        LOG.error("Thread {} could not do what it does, and goes on", name, e);
                    }
                }
            };
        }
    }

    /** Starts one. */
    public static Thread start(String name, Runnable task) {
        Thread thread = named(name, task);
        thread.start();
        return thread;
    }

    private static Thread named(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
