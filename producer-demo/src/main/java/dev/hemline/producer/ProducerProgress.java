package dev.hemline.producer;

import dev.hemline.service.ProgressBars;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;

/** Shows how far a producer is while it runs. */
final class ProducerProgress implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final ImageEventProducer producer;
    private final ProgressBar bar;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "producer-progress");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins to show; closing it ends that. Close it before printing anything else. */
    ProducerProgress(ImageEventProducer producer, long count) {
        this.producer = producer;
        this.bar = ProgressBars.of("Sending", count == 0 ? -1 : count, "events")
                .showSpeed()
                .build();
        // Nobody looks at the future: there is nothing in a task that fails.
        var unused = timer.scheduleAtFixedRate(this::step, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void step() {
        bar.stepTo(producer.sent());
        bar.setExtraMessage(" " + producer.bad() + " bad");
    }

    @Override
    public void close() {
        timer.shutdownNow();
        step();
        bar.close();
    }
}
