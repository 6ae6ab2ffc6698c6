package dev.hemline.quality.request;

import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventFormats;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for labels beside one classifier, as many a minute as were allowed over all instances. Nothing of it can stop classification
 * or scores; what stops it is tried again.
 */
public final class LabelRequests implements AutoCloseable {
    /** A person can answer so many in a minute by the way; half of them are drawn by lot. */
    public static final int DEFAULT_PER_MINUTE = 6;

    private static final Logger LOG = LoggerFactory.getLogger(LabelRequests.class);
    private static final int MOST_PER_MINUTE = 60_000;
    private static final long PAUSE_SECONDS = 10;

    private final ScoreSettings scores;
    private final int perMinute;
    private final EventFormats formats;
    private final MeterRegistry registry;
    private final RequestMetrics metrics;
    private final ScheduledExecutorService watching = DaemonThreads.scheduled("label-requests");
    private final LogThrottle line = new LogThrottle();
    private volatile @Nullable RequestStream stream;
    private volatile Optional<String> trouble = Optional.empty();
    private boolean closed;

    /**
     * Nothing runs before {@code start}.
     *
     * @param scores beside which it works
     * @param perMinute labels that are asked for over all instances; 0 for none
     * @param formats how scores are read
     * @throws IllegalArgumentException naming the flag
     */
    public LabelRequests(ScoreSettings scores, int perMinute, EventFormats formats, MeterRegistry registry) {
        if (perMinute < 0 || perMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException(
                    "--label-requests is 0 (none) to " + MOST_PER_MINUTE + " a minute, not " + perMinute);
        }
        this.scores = scores;
        this.perMinute = perMinute;
        this.formats = formats;
        this.registry = registry;
        metrics = new RequestMetrics(registry);
    }

    /**
     * Starts and returns at once; does nothing where no labels are wanted.
     *
     * @param self where other instances find this one
     */
    public void start(HostInfo self) {
        if (perMinute == 0) {
            return;
        }
        Gauge.builder("hemline.label.requests.running", this, requests -> requests.running() ? 1 : 0)
                .description("1 while labels are asked for")
                .register(registry);
        var unused = watching.scheduleWithFixedDelay(() -> tend(self), 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sees to it that there is one that lives. */
    private synchronized void tend(HostInfo self) {
        RequestStream started = stream;
        if (closed || (started != null && started.death().isEmpty())) {
            return;
        }
        if (started != null) {
            stopAsking(started.death().orElse(""), null);
            stream = null;
            started.close();
        }
        try {
            var opened = new RequestStream(scores, perMinute, formats, self, metrics, registry);
            stream = opened;
            opened.start();
            trouble = Optional.empty();
        } catch (RuntimeException | Error e) {
            boolean known = e instanceof UserError || e instanceof KafkaException;
            stopAsking(known ? String.valueOf(e.getMessage()) : e.toString(), known ? null : e);
        }
    }

    private void stopAsking(String why, @Nullable Throwable unforeseen) {
        trouble = Optional.of(why);
        if (line.isDue(why)) {
            LOG.error("No labels are asked for here: {}; all else goes on", why, unforeseen);
        }
    }

    private boolean running() {
        RequestStream started = stream;
        return started != null && started.running();
    }

    /** Why no labels are asked for right now; empty where they are, and where nobody wants them. */
    public Optional<String> trouble() {
        RequestStream started = stream;
        return (started == null ? trouble : started.death().or(started::trouble))
                .map(why -> "no labels are asked for here: " + why + "; it is tried again");
    }

    /** To serve over HTTP. */
    public Consumer<JavalinConfig> routes(HttpSettings http) {
        return new RequestedAccuracyRoutes(http, () -> Optional.ofNullable(stream));
    }

    @Override
    public synchronized void close() {
        closed = true;
        watching.shutdownNow();
        RequestStream started = stream;
        if (started != null) {
            started.close();
        }
    }
}
