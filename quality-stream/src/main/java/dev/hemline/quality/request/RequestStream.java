package dev.hemline.quality.request;

import dev.hemline.event.Episode;
import dev.hemline.event.Sample;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.stream.Copartitioned;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * What asks for labels, as a Kafka Streams instance with a group of its own: where instances of a release that does not know it
 * run beside this one, they are given none of its work.
 */
final class RequestStream implements StreamSupervisor.Supervised {
    private final HostInfo self;
    private final int partitions;
    private final ObserverStream observer;

    /**
     * Nothing runs before {@code start}.
     *
     * @param scores beside which it works
     * @param perMinute labels that are asked for, at least 1
     * @param changed as {@link RequestPlan} has it
     * @param episodes likewise
     * @param formats how scores are read
     * @param self where other instances find this one
     * @throws dev.hemline.service.UserError if the topics or the state folder do not allow it
     */
    RequestStream(
            ScoreSettings scores,
            int perMinute,
            Predicate<Sample> changed,
            Function<Sample, Optional<Episode>> episodes,
            EventFormats formats,
            HostInfo self,
            RequestListener listener,
            MeterRegistry registry) {
        this.self = self;
        KafkaTopics.ensure(scores.kafka(), List.of(Topics.SAMPLES, Topics.LABEL_REQUESTS, Topics.SCORES));
        partitions = Copartitioned.partitions(
                scores.kafka(), Topics.SAMPLES, Topics.SCORES, "a label could miss what asked for it");
        var plan = new RequestPlan(perMinute, partitions, scores.labelWindow(), changed, episodes);
        observer = new ObserverStream(
                "Asking for labels",
                scores.kafka(),
                "classifier",
                scores.classifierId(),
                scores.stateFolder().resolve(applicationId(scores)),
                List.of(),
                (folder, schemas) -> new KafkaStreams(
                        RequestTopology.build(plan, listener, formats.reading(schemas), schemas),
                        config(scores, folder),
                        new BoundedClients()),
                registry);
    }

    private StreamsConfig config(ScoreSettings scores, Path folder) {
        Map<String, Object> settings = new HashMap<>(scores.streams(self, folder));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(scores));
        return new StreamsConfig(settings);
    }

    private static String applicationId(ScoreSettings scores) {
        return scores.classifierId() + "-requests";
    }

    @Override
    public void start() {
        observer.start();
    }

    @Override
    public ObserverStream observer() {
        return observer;
    }

    /** What labels say that came of requests, by the partitions that are here, and version. */
    Map<Integer, Map<String, RequestTally>> tallies() {
        Map<Integer, Map<String, RequestTally>> found = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            Optional<Map<String, RequestTally>> here = tallies(partition);
            if (here.isPresent()) {
                found.put(partition, here.get());
            }
        }
        return found;
    }

    private Optional<Map<String, RequestTally>> tallies(int partition) {
        Map<String, RequestTally> found = new HashMap<>();
        try (KeyValueIterator<String, RequestTally> all = observer.store(
                        RequestTopology.TALLIES, partition, QueryableStoreTypes.<String, RequestTally>keyValueStore())
                .all()) {
            all.forEachRemaining(entry -> {
                if (entry.value != null) {
                    found.put(entry.key, entry.value);
                }
            });
            return Optional.of(found);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // Another instance's, or moving between two, or not restored yet.
            return Optional.empty();
        }
    }

    /** Where other instances are that have a part of them. */
    List<HostInfo> others() {
        return observer.others(RequestTopology.TALLIES, self);
    }

    int partitions() {
        return partitions;
    }

    @Override
    public void close() {
        observer.close();
    }
}
