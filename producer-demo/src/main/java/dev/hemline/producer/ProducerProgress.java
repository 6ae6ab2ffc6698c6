package dev.hemline.producer;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far a producer is while it runs: a bar on a terminal, a log line every ten seconds where there is none. */
final class ProducerProgress {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerProgress.class);
    private static final Duration BAR_PERIOD = Duration.ofMillis(250);
    private static final Duration LINE_PERIOD = Duration.ofSeconds(10);

    private ProducerProgress() {}

    /** Begins to show; closing it ends that. Close it before printing anything else. */
    static AutoCloseable show(ImageEventProducer producer, long count, boolean terminal) {
        return terminal ? bar(producer, count) : lines(producer);
    }

    private static AutoCloseable bar(ImageEventProducer producer, long count) {
        ProgressBar bar = ProgressBar.builder()
                .setTaskName("Sending")
                .setInitialMax(count == 0 ? -1 : count)
                .setUnit(" events", 1)
                .showSpeed()
                .build();
        Runnable step = () -> {
            bar.stepTo(producer.sent());
            bar.setExtraMessage(" " + producer.bad() + " bad");
        };
        ScheduledExecutorService timer = every(BAR_PERIOD, step);
        return () -> {
            timer.shutdownNow();
            step.run();
            bar.close();
        };
    }

    private static AutoCloseable lines(ImageEventProducer producer) {
        long[] before = {0};
        ScheduledExecutorService timer = every(LINE_PERIOD, () -> {
            long sent = producer.sent();
            double rate = (sent - before[0]) / (double) LINE_PERIOD.toSeconds();
            before[0] = sent;
            LOG.info(String.format(Locale.ROOT, "%,d events sent (%,.1f/s), %,d bad", sent, rate, producer.bad()));
        });
        return timer::shutdownNow;
    }

    private static ScheduledExecutorService every(Duration period, Runnable task) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "producer-progress");
            thread.setDaemon(true);
            return thread;
        });
        // Nobody looks at the future: there is nothing in a task that fails.
        var unused = timer.scheduleAtFixedRate(task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return timer;
    }
}
