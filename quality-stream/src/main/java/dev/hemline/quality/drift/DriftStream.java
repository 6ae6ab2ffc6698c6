package dev.hemline.quality.drift;

import dev.hemline.event.DriftWatchState;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StateFolder;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.SchemaTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Drift detection as it runs beside a classifier, a Kafka Streams instance of its own: so no topology of another release changes. */
final class DriftStream implements StreamSupervisor.Supervised {
    private final SchemaTopic schemas;
    private final ObserverStream observer;

    /**
     * Nothing runs before {@code start}.
     *
     * @throws dev.hemline.service.UserError if the state folder cannot be used
     */
    DriftStream(
            DriftSettings settings,
            EventFormats formats,
            References references,
            DriftListener listener,
            MeterRegistry registry) {
        Map<String, Object> client = settings.kafka().client(Map.of());
        schemas = SchemaTopic.on(client);
        SchemaTopic.put(client, List.of(DriftWatchState.getClassSchema()));
        StateFolder folder = StateFolder.claim(settings.stateFolder().resolve(settings.applicationId()));
        observer = new ObserverStream(
                "Drift detection",
                settings.kafka(),
                settings.classifierId(),
                folder,
                () -> new KafkaStreams(
                        DriftTopology.build(
                                settings.falseAlarms(), references, listener, formats.reading(schemas), schemas),
                        new StreamsConfig(settings.streams(folder.path())),
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
        schemas.close();
    }
}
