package dev.hemline.quality.referee;

import dev.hemline.event.ComparedEvent;
import dev.hemline.event.ExperimentState;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.quality.labeller.LabellersTopic;
import dev.hemline.quality.stream.Copartitioned;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The referee beside one challenger: its stream and its series. Nothing of it can stop the challenger. */
public final class Referee implements AutoCloseable {
    private static final long BETWEEN_LOOKS_SECONDS = 5;

    private final ScheduledExecutorService timer = DaemonThreads.scheduled("referee");
    private final StreamSupervisor<ObserverStream> stream = new StreamSupervisor<>("no versions are compared", timer);
    private final LabellersTopic labellers;

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
        var referee = new Referee(new LabellersTopic(settings.scores().kafka()));
        Gauge.builder("hemline.referee.running", referee.stream, running -> running.running() ? 1 : 0)
                .description("1 while labels are looked at that compare a challenger with the champion")
                .register(registry);
        var metrics = new RefereeMetrics(registry);
        Supplier<Optional<Challenge>> standing = () -> model.get().flatMap(Challenge::of);
        var unused = referee.timer.scheduleWithFixedDelay(
                referee.labellers::refresh, 0, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
        referee.stream.start(() -> open(settings, formats, standing, referee.labellers, metrics, registry));
        return referee;
    }

    /** A Kafka Streams instance of its own: a champion has nothing to do with it. */
    private static ObserverStream open(
            RefereeSettings settings,
            EventFormats formats,
            Supplier<Optional<Challenge>> standing,
            Predicate<String> believed,
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
        return new ObserverStream(
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
                                believed,
                                listener,
                                formats.reading(schemas),
                                schemas),
                        new StreamsConfig(settings.streams(folder)),
                        new BoundedClients()),
                registry);
    }

    private Referee(LabellersTopic labellers) {
        this.labellers = labellers;
    }

    /** Why no versions are compared right now; empty where they are. */
    public Optional<String> trouble() {
        return stream.trouble();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        stream.close();
        labellers.close();
    }
}
