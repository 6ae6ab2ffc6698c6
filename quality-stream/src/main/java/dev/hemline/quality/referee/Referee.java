package dev.hemline.quality.referee;

import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.DaemonThreads;
import dev.hemline.topic.EventFormats;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** The referee beside one challenger: its stream and its series. Nothing of it can stop the challenger. */
public final class Referee implements AutoCloseable {
    private final ScheduledExecutorService timer = DaemonThreads.scheduled("referee");
    private final StreamSupervisor<RefereeStream> stream = new StreamSupervisor<>("no versions are compared", timer);

    /**
     * Starts and returns at once; what keeps it from working is logged and tried again.
     *
     * @param formats how results and scores are read
     * @param model as it stands on its topic
     */
    public static Referee start(
            RefereeSettings settings,
            EventFormats formats,
            Supplier<Optional<PublishedVersions>> model,
            MeterRegistry registry) {
        var referee = new Referee();
        Gauge.builder("hemline.referee.running", referee.stream, running -> running.running() ? 1 : 0)
                .description("1 while labels are looked at that compare a challenger with the champion")
                .register(registry);
        var metrics = new RefereeMetrics(registry);
        referee.stream.start(() ->
                new RefereeStream(settings, formats, () -> model.get().flatMap(Challenge::of), metrics, registry));
        return referee;
    }

    private Referee() {}

    /** Why no versions are compared right now; empty where they are. */
    public Optional<String> trouble() {
        return stream.trouble();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stream.close();
    }
}
