package dev.hemline.quality.request;

import dev.hemline.quality.drift.DriftTopic;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.HttpSettings;
import dev.hemline.topic.EventFormats;
import io.javalin.config.JavalinConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Asks for labels beside one classifier, as many a minute as were allowed over all instances. Nothing of it can stop classification
 * or scores; what stops it is tried again.
 */
public final class LabelRequests implements AutoCloseable {
    /** A person can answer so many in a minute by the way; half of them are drawn by lot. */
    public static final int DEFAULT_PER_MINUTE = 6;

    private static final int MOST_PER_MINUTE = 60_000;
    private static final long REFRESH_SECONDS = 5;
    /** A person waits for what is asked for it. */
    private static final long EPISODES_SECONDS = 1;

    private final ScoreSettings scores;
    private final int perMinute;
    private final EventFormats formats;
    private final MeterRegistry registry;
    private final ChangedPictures changed;
    private final OpenEpisodes episodes;
    private final RequestMetrics metrics;
    private final RequestedAccuracyRoutes routes;
    private final ScheduledExecutorService timer = DaemonThreads.scheduled("label-requests");
    private final StreamSupervisor<RequestStream> stream = new StreamSupervisor<>("no labels are asked for", timer);

    /**
     * Nothing runs before {@code start}.
     *
     * @param scores beside which it works
     * @param perMinute labels that are asked for over all instances; 0 for none
     * @param formats how scores are read
     * @param drifts of which pictures more labels are asked for
     * @param http how this instance serves, and so all others
     * @throws IllegalArgumentException naming the flag
     */
    public LabelRequests(
            ScoreSettings scores,
            int perMinute,
            EventFormats formats,
            DriftTopic drifts,
            HttpSettings http,
            MeterRegistry registry) {
        if (perMinute < 0 || perMinute > MOST_PER_MINUTE) {
            throw new IllegalArgumentException(
                    "--label-requests is 0 (none) to " + MOST_PER_MINUTE + " a minute, not " + perMinute);
        }
        this.scores = scores;
        this.perMinute = perMinute;
        this.formats = formats;
        this.registry = registry;
        changed = new ChangedPictures(drifts);
        episodes = new OpenEpisodes(scores.kafka());
        metrics = new RequestMetrics(registry);
        routes = new RequestedAccuracyRoutes(http, stream::stream);
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
        Gauge.builder("hemline.label.requests.running", stream, requests -> requests.running() ? 1 : 0)
                .description("1 while labels are asked for")
                .register(registry);
        var lots = new LotSeries(registry);
        var unused = timer.scheduleWithFixedDelay(
                () -> lots.show(stream.stream()
                        .map(requests -> List.copyOf(requests.tallies().values()))
                        .orElse(List.of())),
                REFRESH_SECONDS,
                REFRESH_SECONDS,
                TimeUnit.SECONDS);
        unused = timer.scheduleWithFixedDelay(changed::refresh, 0, REFRESH_SECONDS, TimeUnit.SECONDS);
        unused = timer.scheduleWithFixedDelay(episodes::refresh, 0, EPISODES_SECONDS, TimeUnit.SECONDS);
        stream.start(() -> new RequestStream(scores, perMinute, changed, episodes, formats, self, metrics, registry));
    }

    /** Why no labels are asked for right now; empty where they are, and where nobody wants them. */
    public Optional<String> trouble() {
        return stream.trouble();
    }

    /** To serve over HTTP. */
    public Consumer<JavalinConfig> routes() {
        return routes;
    }

    /** By labels alone that were asked for by lot, over all instances; asks the others. None where that is not known. */
    public List<RequestedAccuracy> accuracy() {
        return routes.versions();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stream.close();
        episodes.close();
    }
}
