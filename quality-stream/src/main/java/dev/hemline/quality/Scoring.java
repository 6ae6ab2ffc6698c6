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
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ModelKey;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
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
    private static final long FIRST_PAUSE_SECONDS = 10;
    /** What dies again and again is not worth more of the brokers' time. */
    private static final long LONGEST_PAUSE_SECONDS = 300;
    /** What has lived for so long died of something new. */
    private static final Duration LASTING = Duration.ofMinutes(10);

    private final ScoreSettings settings;
    private final EventFormats formats;
    private final MeterRegistry registry;
    private final ScoreMetrics metrics;
    private final AccuracyRoutes routes;
    private final ScheduledExecutorService refreshing = DaemonThreads.scheduled("score-metrics");
    private final LogThrottle line = new LogThrottle();
    private volatile @Nullable ScoreStream scores;
    private volatile Optional<String> trouble = Optional.empty();
    private long pauseSeconds = FIRST_PAUSE_SECONDS;
    private long begunNanos;
    private boolean closed;

    /**
     * Nothing runs before {@code start}.
     *
     * @param formats how scores are written, and all the rest is read
     * @param names of versions' classes
     * @param serving the version that serves here, if any does yet
     * @param http how this instance serves, and so all others
     */
    public Scoring(
            ScoreSettings settings,
            EventFormats formats,
            LabelNames names,
            Supplier<Optional<ModelKey.Manifest>> serving,
            HttpSettings http,
            MeterRegistry registry) {
        this.settings = settings;
        this.formats = formats;
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
     * Starts and returns at once. What keeps scores from being kept, a state folder that cannot be written, topics that do not
     * allow it, or (more and more seldom) a failure of our own, is logged and tried again; classification goes on.
     *
     * @param self where other instances find this one's routes
     */
    public void start(HostInfo self) {
        Gauge.builder("hemline.scoring.running", this, scoring -> scoring.running() ? 1 : 0)
                .description("1 while labels are joined to results")
                .register(registry);
        attempt(self);
        var unused =
                refreshing.scheduleAtFixedRate(() -> refresh(self), REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    private synchronized void attempt(HostInfo self) {
        if (closed) {
            return;
        }
        ScoreStream stream = null;
        try {
            stream = new ScoreStream(settings, formats, self, metrics, registry);
            stream.start();
            scores = stream;
            begunNanos = System.nanoTime();
            trouble = Optional.empty();
        } catch (RuntimeException | Error e) {
            boolean known = e instanceof UserError || e instanceof KafkaException;
            String why = known ? String.valueOf(e.getMessage()) : e.toString();
            if (line.isDue(why)) {
                LOG.error(
                        "No scores are kept here: {}; classification goes on, and scores once that is put right",
                        why,
                        known ? null : e);
            }
            again(self, why, known ? FIRST_PAUSE_SECONDS : nextPause());
            if (stream != null) {
                stream.close();
            }
        }
    }

    private void again(HostInfo self, String why, long seconds) {
        trouble = Optional.of(why);
        var unused = refreshing.schedule(() -> attempt(self), seconds, TimeUnit.SECONDS);
    }

    private long nextPause() {
        long now = pauseSeconds;
        pauseSeconds = Math.min(2 * now, LONGEST_PAUSE_SECONDS);
        return now;
    }

    private void refresh(HostInfo self) {
        buryTheDead(self);
        metrics.refresh();
    }

    private synchronized void buryTheDead(HostInfo self) {
        ScoreStream started = scores;
        Optional<String> death = started == null ? Optional.empty() : started.death();
        if (closed || started == null || death.isEmpty()) {
            return;
        }
        if (System.nanoTime() - begunNanos > LASTING.toNanos()) {
            pauseSeconds = FIRST_PAUSE_SECONDS;
        }
        scores = null;
        again(self, death.get(), nextPause());
        started.close();
    }

    /** Why no labels are joined to results right now; empty where they are, and where nobody wants them. */
    public Optional<String> trouble() {
        ScoreStream started = scores;
        return (started == null ? trouble : started.death().or(started::trouble))
                .map(why -> "no scores are kept here: " + why + "; it is tried again");
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
