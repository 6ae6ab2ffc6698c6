package dev.hemline.quality;

import dev.hemline.quality.accuracy.AccuracyReport;
import dev.hemline.quality.accuracy.AccuracyRoutes;
import dev.hemline.quality.drift.DriftTopic;
import dev.hemline.quality.metrics.ScoreMetrics;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.score.ScoreStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.HttpSettings;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ModelKey;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Scores beside one classifier: the stream that keeps them, their series and their page. A stream of its own, so that the
 * classifier's has no state to restore; nothing of it can stop classification.
 */
public final class Scoring implements AutoCloseable {
    private static final long REFRESH_SECONDS = 2;

    private final ScoreSettings settings;
    private final EventFormats formats;
    private final MeterRegistry registry;
    private final ScoreMetrics metrics;
    private final AccuracyRoutes routes;
    private final ScheduledExecutorService timer = DaemonThreads.scheduled("score-metrics");
    private final StreamSupervisor<ScoreStream> scores = new StreamSupervisor<>("no scores are kept", timer);

    /**
     * Nothing runs before {@code start}.
     *
     * @param formats how scores are written, and all the rest is read
     * @param names of versions' classes
     * @param serving the version that serves here, if any does yet
     * @param http how this instance serves, and so all others
     * @param drifts during which accuracy is not estimated without labels
     */
    public Scoring(
            ScoreSettings settings,
            EventFormats formats,
            LabelNames names,
            Supplier<Optional<ModelKey.Manifest>> serving,
            HttpSettings http,
            DriftTopic drifts,
            MeterRegistry registry) {
        this.settings = settings;
        this.formats = formats;
        this.registry = registry;
        metrics = new ScoreMetrics(registry, names, serving);
        routes = new AccuracyRoutes(names, http, drifts, scores::stream);
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
     * Starts and returns at once. What keeps scores from being kept, a state folder that cannot be written, topics that do not
     * allow it, or (more and more seldom) a failure of our own, is logged and tried again; classification goes on.
     *
     * @param self where other instances find this one's routes
     */
    public void start(HostInfo self) {
        Gauge.builder("hemline.scoring.running", scores, scoring -> scoring.running() ? 1 : 0)
                .description("1 while labels are joined to results")
                .register(registry);
        scores.start(() -> new ScoreStream(settings, formats, self, metrics, registry));
        var unused = timer.scheduleAtFixedRate(metrics::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** Why no labels are joined to results right now, or no results added up; empty where they are, and where nobody wants them. */
    public Optional<String> trouble() {
        return scores.trouble().or(() -> scores.stream().flatMap(ScoreStream::missing));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        scores.close();
    }
}
