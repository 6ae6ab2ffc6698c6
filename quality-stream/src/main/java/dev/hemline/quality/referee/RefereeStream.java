package dev.hemline.quality.referee;

import dev.hemline.event.ComparedEvent;
import dev.hemline.event.ExperimentState;
import dev.hemline.quality.stream.Copartitioned;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The referee as it runs beside a challenger, a Kafka Streams instance of its own: a champion has nothing to do with it. */
final class RefereeStream implements StreamSupervisor.Supervised {
    private final ObserverStream observer;

    /**
     * Nothing runs before {@code start}.
     *
     * @param formats how results and scores are read
     * @param standing what shadows what serves
     * @throws dev.hemline.service.UserError if the topics or the state folder do not allow it
     */
    RefereeStream(
            RefereeSettings settings,
            EventFormats formats,
            Supplier<Optional<Challenge>> standing,
            RefereeListener listener,
            MeterRegistry registry) {
        KafkaSettings kafka = settings.scores().kafka();
        KafkaTopics.ensure(
                kafka,
                List.of(
                        Topics.SHADOW_CLASSIFICATIONS,
                        Topics.SCORES,
                        Topics.EXPERIMENT_COUNTS,
                        Topics.EXPERIMENTS,
                        Topics.EXPERIMENT_DECISIONS));
        int partitions = Copartitioned.partitions(
                kafka, Topics.SHADOW_CLASSIFICATIONS, Topics.SCORES, "a label could miss its event");
        observer = new ObserverStream(
                "The referee",
                kafka,
                "classifier --challenger",
                settings.scores().classifierId(),
                settings.scores().stateFolder().resolve(settings.applicationId()),
                List.of(ComparedEvent.getClassSchema(), ExperimentState.getClassSchema()),
                (folder, schemas) -> new KafkaStreams(
                        RefereeTopology.build(
                                settings.scores().labelWindow(),
                                partitions,
                                settings.rules(),
                                standing,
                                listener,
                                formats.reading(schemas),
                                schemas),
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
