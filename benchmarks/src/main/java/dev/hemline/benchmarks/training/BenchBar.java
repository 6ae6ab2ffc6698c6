package dev.hemline.benchmarks.training;

import dev.hemline.trainer.training.Validation;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress on a terminal: turns, then the race. */
final class BenchBar implements BenchProgress, AutoCloseable {
    private final ProgressBar bar;

    private BenchBar(ProgressBar bar) {
        this.bar = bar;
    }

    static BenchBar open() {
        return new BenchBar(new ProgressBarBuilder()
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

    @Override
    public void validated(Validation validation) {
        bar.stepTo(bar.getMax());
        bar.setExtraMessage(String.format(Locale.ROOT, " race: %.1f %%", validation.accuracy() * 100));
    }

    @Override
    public void close() {
        bar.close();
    }
}
