package dev.hemline.service;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads that no process waits for at its end. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** One thread for what is done again and again. */
    public static ScheduledExecutorService scheduled(String name) {
        return scheduled(name, 1);
    }

    /** So many at most. */
    public static ScheduledExecutorService scheduled(String name, int most) {
        return Executors.newScheduledThreadPool(most, task -> named(name, task));
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
