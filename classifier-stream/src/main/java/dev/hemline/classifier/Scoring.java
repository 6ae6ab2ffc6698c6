package dev.hemline.classifier;

import dev.hemline.classifier.accuracy.AccuracyReport;
import dev.hemline.classifier.accuracy.AccuracyRoutes;
import dev.hemline.classifier.metrics.ScoreMetrics;
import dev.hemline.classifier.score.ScoreSettings;
import dev.hemline.classifier.score.ScoreStream;
import dev.hemline.service.HttpSettings;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    private final ScoreSettings settings;
    private final MeterRegistry registry;
    private final ScoreMetrics metrics;
    private final AccuracyRoutes routes;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "score-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable ScoreStream scores;

    /**
     * Nothing runs before {@code start}.
     *
     * @param http how this instance serves, and so all others
     */
    public Scoring(ScoreSettings settings, Classifier classifier, HttpSettings http, MeterRegistry registry) {
        this.settings = settings;
        this.registry = registry;
        metrics = new ScoreMetrics(registry, classifier.labelNames(), classifier::serving);
        routes = new AccuracyRoutes(classifier.labelNames(), http);
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
     * Starts and returns at once.
     *
     * @param self where other instances find this one's routes
     * @throws dev.hemline.service.UserError if the topics or the state folder do not allow it
     */
    public void start(HostInfo self) {
        var stream = new ScoreStream(settings, self, metrics, registry);
        scores = stream;
        Gauge.builder("hemline.scoring.running", this, scoring -> scoring.running() ? 1 : 0)
                .description("1 while labels are joined to results")
                .register(registry);
        stream.start();
        routes.scoresAt(stream, self);
        var unused = refreshing.scheduleAtFixedRate(this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
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
    public void close() {
        refreshing.shutdownNow();
        ScoreStream started = scores;
        if (started != null) {
            started.close();
        }
    }
}
