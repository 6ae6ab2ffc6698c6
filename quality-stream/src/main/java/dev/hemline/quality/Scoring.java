package dev.hemline.quality;

import dev.hemline.quality.accuracy.AccuracyReport;
import dev.hemline.quality.accuracy.AccuracyRoutes;
import dev.hemline.quality.metrics.ScoreMetrics;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.score.ScoreStream;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.UserError;
import dev.hemline.topic.ModelKey;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores beside one classifier: the stream that keeps them, their series and their page. A stream of its own, so that the
 * classifier's has no state to restore; nothing of it can stop classification.
 */
public final class Scoring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);
    private static final long REFRESH_SECONDS = 2;
    private static final long RETRY_SECONDS = 10;

    private final ScoreSettings settings;
    private final MeterRegistry registry;
    private final ScoreMetrics metrics;
    private final AccuracyRoutes routes;
    private final ScheduledExecutorService refreshing = DaemonThreads.scheduled("score-metrics");
    private final LogThrottle line = new LogThrottle();
    private volatile @Nullable ScoreStream scores;
    private boolean closed;

    /**
     * Nothing runs before {@code start}.
     *
     * @param names of versions' classes
     * @param serving the version that serves here, if any does yet
     * @param http how this instance serves, and so all others
     */
    public Scoring(
            ScoreSettings settings,
            LabelNames names,
            Supplier<Optional<ModelKey.Manifest>> serving,
            HttpSettings http,
            MeterRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        metrics = new ScoreMetrics(registry, names, serving);
        routes = new AccuracyRoutes(names, http, () -> Optional.ofNullable(scores));
    }

    /** To serve over HTTP. */
    public Consumer<JavalinConfig> routes() {
        return routes;
    }

    /** How often each version was right, over all instances; asks the others. Empty if no scores are kept here. */
    public Optional<AccuracyReport> accuracy() {
        return routes.report();
    }

    /**
     * Starts and returns at once. What keeps scores from being kept, a state folder that cannot be written or topics that do
     * not allow it, is logged and tried again; classification goes on.
     *
     * @param self where other instances find this one's routes
     */
    public void start(HostInfo self) {
        Gauge.builder("hemline.scoring.running", this, scoring -> scoring.running() ? 1 : 0)
                .description("1 while labels are joined to results")
                .register(registry);
        attempt(self);
        var unused = refreshing.scheduleAtFixedRate(this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void attempt(HostInfo self) {
        if (closed) {
            return;
        }
        ScoreStream stream = null;
        try {
            stream = new ScoreStream(settings, self, metrics, registry);
            stream.start();
            scores = stream;
        } catch (UserError | KafkaException e) {
            if (stream != null) {
                stream.close();
            }
            if (line.isDue(String.valueOf(e.getMessage()))) {
                LOG.error(
                        "No scores are kept here: {}; classification goes on, and scores once that is put right",
                        e.getMessage());
            }
            var unused = refreshing.schedule(() -> attempt(self), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void refresh() {
        try {
            metrics.refresh();
        } catch (RuntimeException e) {
            // Thrown on, it would be the last refresh.
            LOG.warn("Series of scores stand still for a moment", e);
        }
    }

    /** Whether labels are being joined, or will be once partitions are given out. */
    public boolean running() {
        ScoreStream started = scores;
        return started != null && started.running();
    }

    @Override
    public synchronized void close() {
        closed = true;
        refreshing.shutdownNow();
        ScoreStream started = scores;
        if (started != null) {
            started.close();
        }
    }
}
