package dev.hemline.benchmarks.command;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars for measurements that know how much there is to do. */
public final class CountBar {
    private CountBar() {}

    /** Draws one; the caller closes it. */
    public static ProgressBar open(String what, long all) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(all)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
    }
}
