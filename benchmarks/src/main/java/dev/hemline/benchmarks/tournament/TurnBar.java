package dev.hemline.benchmarks.tournament;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Turns as a progress bar on a terminal. */
public final class TurnBar implements TurnListener, AutoCloseable {
    private final ProgressBar bar;

    private TurnBar(ProgressBar bar) {
        this.bar = bar;
    }

    /** Draws it; the caller closes it. */
    public static TurnBar open() {
        return new TurnBar(new ProgressBarBuilder()
                .setTaskName("Turns")
                .setStyle(ProgressBarStyle.ASCII)
                .build());
    }

    @Override
    public void turn(int before, int all, String contender) {
        bar.maxHint(all);
        bar.stepTo(before);
        bar.setExtraMessage(" " + contender);
    }

    /** All turns are over, and something else goes on that takes a while. */
    public void afterwards(String what) {
        bar.stepTo(bar.getMax());
        bar.setExtraMessage(" " + what);
    }

    @Override
    public void close() {
        bar.close();
    }
}
