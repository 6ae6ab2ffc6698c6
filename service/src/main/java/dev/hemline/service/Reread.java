package dev.hemline.service;

import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value made of files, and made anew when they change. What cannot be used is logged, and the value before it stays.
 * Thread-safe.
 *
 * @param <R> what the files hold; equal as long as they did not change
 */
final class Reread<R, T> {
    private static final Logger LOG = LoggerFactory.getLogger(Reread.class);

    private final String name;
    private final Supplier<R> files;
    private final Function<R, T> maker;
    private final LogThrottle line = new LogThrottle();
    private R content;
    private volatile T value;

    /**
     * Reads them for the first time.
     *
     * @param name of the files, for the log
     * @param files reads them
     * @throws UserError if they cannot be used
     */
    Reread(String name, Supplier<R> files, Function<R, T> maker) {
        this.name = name;
        this.files = files;
        this.maker = maker;
        content = files.get();
        value = maker.apply(content);
    }

    T value() {
        return value;
    }

    /** Returns whether there is a new value. By content, as files that are swapped behind a link may keep their times. */
    synchronized boolean look() {
        try {
            R now = files.get();
            if (now.equals(content)) {
                return false;
            }
            value = maker.apply(now);
            content = now;
            LOG.info("{} has changed and is in use", name);
            return true;
        } catch (UserError e) {
            if (line.isDue(String.valueOf(e.getMessage()))) {
                LOG.warn("{}; what was read before stays in use", e.getMessage());
            }
            return false;
        }
    }
}
