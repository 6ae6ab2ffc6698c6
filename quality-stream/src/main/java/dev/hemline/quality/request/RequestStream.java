package dev.hemline.quality.request;

import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.quality.stream.StateFolder;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.service.access.AccessFailure;
import dev.hemline.service.access.RequiredAcls;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.service.streams.KafkaSeries;
import dev.hemline.service.streams.RestartPolicy;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What asks for labels, as a Kafka Streams instance with a group of its own: where instances of a release that does not know it
 * run beside this one, they are given none of its work.
 */
final class RequestStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final HostInfo self;
    private final int partitions;
    private final AccessFailure refusal;
    private final StateFolder folder;
    private final SchemaTopic schemas;
    private final KafkaStreams streams;
    private final KafkaSeries series;
    private final RestartPolicy restarts = new RestartPolicy("Asking for labels", this::died);
    private volatile String end = "it has ended by itself; the log says why";

    /**
     * Nothing runs before {@code start}.
     *
     * @param scores beside which it works
     * @param perMinute labels that are asked for, at least 1
     * @param formats how scores are read
     * @param self where other instances find this one
     * @throws UserError if the topics or the state folder do not allow it
     */
    RequestStream(
            ScoreSettings scores,
            int perMinute,
            EventFormats formats,
            HostInfo self,
            RequestListener listener,
            MeterRegistry registry) {
        this.self = self;
        KafkaTopics.ensure(scores.kafka(), List.of(Topics.SAMPLES, Topics.LABEL_REQUESTS, Topics.SCORES));
        partitions = partitions(scores);
        refusal = new AccessFailure(
                "classifier",
                RequiredAcls.of(scores.classifierId(), ""),
                scores.kafka().client(Map.of()));
        schemas = SchemaTopic.on(scores.kafka().client(Map.of()));
        var plan = new RequestPlan(perMinute, partitions, scores.labelWindow());
        var topology = RequestTopology.build(plan, listener, formats.reading(schemas), schemas);
        folder = StateFolder.claim(scores.stateFolder().resolve(applicationId(scores)));
        Map<String, Object> settings = new HashMap<>(scores.streams(self, folder.path()));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(scores));
        try {
            streams = new KafkaStreams(topology, new StreamsConfig(settings), new BoundedClients());
        } catch (RuntimeException e) {
            giveFolderBack();
            throw e;
        }
        series = new KafkaSeries(streams, registry);
    }

    private static String applicationId(ScoreSettings scores) {
        return scores.classifierId() + "-requests";
    }

    private static int partitions(ScoreSettings scores) {
        try (TopicReader reader = new TopicReader(scores.kafka().client(Map.of()))) {
            int samples = partitions(reader, Topics.SAMPLES);
            int judged = partitions(reader, Topics.SCORES);
            if (samples != judged) {
                throw new UserError("Topic " + Topics.SAMPLES + " has " + samples + " partitions and topic "
                        + Topics.SCORES + " " + judged + ", so a label could miss what asked for it; make them alike");
            }
            return samples;
        }
    }

    private static int partitions(TopicReader reader, Topic<?, ?> topic) {
        return reader.partitions(List.of(topic)).size();
    }

    void start() {
        streams.setUncaughtExceptionHandler(restarts);
        streams.start();
    }

    private void died(Throwable cause) {
        end = refusal.explain(cause).orElseGet(() -> KafkaProblem.reason(cause).toString());
        LOG.debug("What asks for labels has died", cause);
    }

    /** What it died of, once it has; it does not begin anew by itself. */
    Optional<String> death() {
        State state = streams.state();
        return state == State.ERROR || state == State.NOT_RUNNING ? Optional.of(end) : Optional.empty();
    }

    /** What it waits for around it, in a sentence. */
    Optional<String> trouble() {
        return restarts.trouble();
    }

    boolean running() {
        return streams.state().isRunningOrRebalancing() && restarts.trouble().isEmpty();
    }

    /** What labels say that came of requests, by version; empty if this partition is not here. */
    Optional<Map<String, RequestTally>> tallies(int partition) {
        Map<String, RequestTally> found = new HashMap<>();
        try (KeyValueIterator<String, RequestTally> all = streams.store(StoreQueryParameters.fromNameAndType(
                                RequestTopology.TALLIES, QueryableStoreTypes.<String, RequestTally>keyValueStore())
                        .withPartition(partition))
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
        try {
            return streams.streamsMetadataForStore(RequestTopology.TALLIES).stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(self))
                    .distinct()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException e) {
            return List.of();
        }
    }

    int partitions() {
        return partitions;
    }

    /** Leaves the group, so that others take the partitions over at once. */
    @Override
    public void close() {
        restarts.close();
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        series.close();
        schemas.close();
        giveFolderBack();
    }

    private void giveFolderBack() {
        try {
            folder.close();
        } catch (IOException e) {
            LOG.debug("The claim on {} ends with this process", folder.path(), e);
        }
    }
}
