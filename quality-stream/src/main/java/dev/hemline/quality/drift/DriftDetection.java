package dev.hemline.quality.drift;

import dev.hemline.event.DriftWatchState;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.streams.BoundedClients;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Drift detection beside one classifier: its stream and its series. Nothing of it can stop classification. Results come to it added up by scoring. */
public final class DriftDetection implements AutoCloseable {
    private final ScheduledExecutorService timer = DaemonThreads.scheduled("drift");
    private final StreamSupervisor<ObserverStream> stream = new StreamSupervisor<>("no drift is noticed", timer);
    private final DriftSettings settings;
    private final LabelNames manifests;
    private final MeterRegistry registry;

    /**
     * Nothing runs before {@code start}.
     *
     * @param manifests what versions were validated with
     */
    public DriftDetection(DriftSettings settings, LabelNames manifests, MeterRegistry registry) {
        this.settings = settings;
        this.manifests = manifests;
        this.registry = registry;
    }

    /** Starts and returns at once; what keeps it from working is logged and tried again. */
    public void start() {
        Gauge.builder("hemline.drift.running", stream, drift -> drift.running() ? 1 : 0)
                .description("1 while results are watched for drift")
                .register(registry);
        var metrics = new DriftMetrics(registry, manifests);
        var references = new ManifestReferences(manifests);
        stream.start(() -> open(references, metrics));
    }

    /** A Kafka Streams instance of its own: so no topology of another release changes. */
    private ObserverStream open(References references, DriftListener listener) {
        return new ObserverStream(
                "Drift detection",
                settings.kafka(),
                "classifier",
                settings.classifierId(),
                settings.stateFolder().resolve(settings.applicationId()),
                List.of(DriftWatchState.getClassSchema()),
                (folder, schemas) -> new KafkaStreams(
                        DriftTopology.build(settings.falseAlarms(), references, listener, schemas),
                        new StreamsConfig(settings.streams(folder)),
                        new BoundedClients()),
                registry);
    }

    /** Why no drift is noticed right now; empty where it is, and where nobody wants it. */
    public Optional<String> trouble() {
        return stream.trouble();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stream.close();
    }
}
