package dev.hemline.fashionmnist;

import java.io.InputStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far a transfer is: a bar on a terminal, a line where there is none. */
final class TransferProgress {

    private static final Logger LOG = LoggerFactory.getLogger(TransferProgress.class);
    private static final long MEGABYTE = 1_000_000;

    private TransferProgress() {}

    /**
     * The same bytes, shown while they are read; closing it ends the bar.
     *
     * @param bytes how many will come, or -1 if nobody knows
     */
    static InputStream watch(InputStream in, String name, long bytes) {
        if (!Terminal.present()) {
            LOG.info("Downloading {}{}", name, bytes < 0 ? "" : " (%.1f MB)".formatted(bytes / (double) MEGABYTE));
            return in;
        }
        ProgressBarBuilder bar = ProgressBar.builder()
                .setTaskName(name)
                .setInitialMax(bytes)
                .setUnit(" MB", MEGABYTE)
                .setUpdateIntervalMillis(200);
        return ProgressBar.wrap(in, bar);
    }
}
