package dev.hemline.quality.drift;

import dev.hemline.event.DriftWatchState;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.streams.BoundedClients;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Drift detection as it runs beside a classifier, a Kafka Streams instance of its own: so no topology of another release changes. */
final class DriftStream implements StreamSupervisor.Supervised {
    private final ObserverStream observer;

    /**
     * Nothing runs before {@code start}.
     *
     * @throws dev.hemline.service.UserError if the state folder cannot be used
     */
    DriftStream(DriftSettings settings, References references, DriftListener listener, MeterRegistry registry) {
        observer = new ObserverStream(
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

    @Override
    public void start() {
        observer.start();
    }

    @Override
    public ObserverStream observer() {
        return observer;
    }

    @Override
    public void close() {
        observer.close();
    }
}
