package dev.hemline.service;

import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far something long is: a bar that redraws itself on a terminal, and elsewhere a line in the log now and then,
 * since log files have no use for carriage returns. Close a bar before anything else is printed.
 */
public final class ProgressBars {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressBars.class);
    private static final int REDRAW_MILLIS = 250;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int LONGEST_LINE = 120;
    private static final long MEGABYTE = 1_000_000;

    private ProgressBars() {}

    /**
     * A bar for those who know what there is to count.
     *
     * @param task what is done, in a word or two
     * @param all how many there are, -1 if nobody knows
     * @param unit what is counted, in the plural
     */
    public static ProgressBarBuilder of(String task, long all, String unit) {
        return of(task, all, unit, 1);
    }

    /** The bytes of a stream, shown while they are read; closing it ends the bar. The length is -1 if nobody knows. */
    public static InputStream watch(InputStream in, String name, long bytes) {
        return ProgressBar.wrap(in, of(name, bytes, "MB", MEGABYTE));
    }

    private static ProgressBarBuilder of(String task, long all, String unit, long unitSize) {
        ProgressBarBuilder bar = ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(all)
                .setUnit(" " + unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS);
        return Terminal.present() ? bar : inLines(bar, unit, unitSize, BETWEEN_LINES, LOG::info);
    }

    /** What is over before the first line would be due gets none. */
    static ProgressBarBuilder inLines(
            ProgressBarBuilder bar, String unit, long unitSize, Duration between, Consumer<String> log) {
        Consumer<String> lines = line -> {
            if (!line.isEmpty()) {
                log.accept(line);
            }
        };
        return bar.setUpdateIntervalMillis((int) between.toMillis())
                .setConsumer(new DelegatingProgressBarConsumer(lines, LONGEST_LINE))
                .setRenderer((state, longest) ->
                        state.getElapsedAfterStart().compareTo(between) < 0 ? "" : line(state, unit, unitSize));
    }

    private static String line(ProgressState state, String unit, long unitSize) {
        String all = state.isIndefinite() ? "" : String.format(Locale.ROOT, " of %,d", state.getMax() / unitSize);
        double seconds = state.getElapsedAfterStart().toNanos() / 1e9;
        String extra = state.getExtraMessage().strip();
        return String.format(
                Locale.ROOT,
                "%s: %,d%s %s (%,.1f/s)%s",
                state.getTaskName(),
                state.getCurrent() / unitSize,
                all,
                unit,
                (double) (state.getCurrent() - state.getStart()) / unitSize / seconds,
                extra.isEmpty() ? "" : ", " + extra);
    }
}
