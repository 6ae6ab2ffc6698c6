package dev.hemline.quality.score;

import dev.hemline.event.Evidence;
import dev.hemline.quality.stream.StateFolder;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.access.AccessFailure;
import dev.hemline.service.access.RequiredAcls;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.service.streams.KafkaSeries;
import dev.hemline.service.streams.RestartPolicy;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.SchemaTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scoring as it runs beside a classifier: a Kafka Streams instance of its own. Should it die, classification goes on; the
 * log and {@link #death} tell.
 */
public final class ScoreStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final int PATIENCE_MS = 30_000;

    private final HostInfo self;
    private final int partitions;
    private final AccessFailure refusal;
    private final StateFolder folder;
    private final SchemaTopic schemas;
    private final KafkaStreams streams;
    private final KafkaSeries series;
    private final RestartPolicy restarts = new RestartPolicy("Scoring", this::died);
    private volatile String end = "it has ended by itself; the log says why";

    /**
     * Nothing runs before {@code start}.
     *
     * @param formats how scores are written, and all the rest is read
     * @param self where other instances find this one
     * @throws dev.hemline.service.UserError if the topics or the state folder do not allow it
     */
    public ScoreStream(
            ScoreSettings settings,
            EventFormats formats,
            HostInfo self,
            ScoreListener listener,
            MeterRegistry registry) {
        this.self = self;
        partitions = ScorePartitions.of(settings.kafka(), settings.applicationId());
        refusal = new AccessFailure(
                "classifier",
                RequiredAcls.of(settings.classifierId(), ""),
                settings.kafka().client(Map.of()));
        schemas = SchemaTopic.on(settings.kafka().client(Map.of()));
        SchemaTopic.put(settings.kafka().client(Map.of()), List.of(Evidence.getClassSchema()));
        folder = StateFolder.claim(settings.stateFolder().resolve(settings.applicationId()));
        streams = streams(settings, formats, listener);
        series = new KafkaSeries(streams, registry);
    }

    private KafkaStreams streams(ScoreSettings settings, EventFormats formats, ScoreListener listener) {
        try {
            var config = new StreamsConfig(settings.streams(self, folder.path()));
            makeChangelogs(settings, config);
            return new KafkaStreams(
                    ScoreTopology.build(
                            settings.labelWindow(), partitions, listener, formats.reading(schemas), schemas),
                    config,
                    new BoundedClients());
        } catch (RuntimeException e) {
            giveFolderBack();
            throw e;
        }
    }

    /**
     * Kafka Streams has the instance that leads the group make its topics. While that is one of the release before these stores, nobody
     * would, and what moves to this instance would not be scored.
     */
    private void makeChangelogs(ScoreSettings settings, StreamsConfig config) {
        Map<String, String> topic = new HashMap<>(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "CreateTime"));
        config.originalsWithPrefix(StreamsConfig.TOPIC_PREFIX)
                .forEach((name, value) -> topic.put(name, String.valueOf(value)));
        Map<String, String> windowed = new HashMap<>(topic);
        windowed.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
        windowed.put(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(settings.labelWindow().toMillis()
                        + config.getLong(StreamsConfig.WINDOW_STORE_CHANGE_LOG_ADDITIONAL_RETENTION_MS_CONFIG)));
        try (Admin admin = settings.kafka().admin(PATIENCE_MS)) {
            makeChangelog(ScoreState.CARRIED_HEADERS, windowed, settings, config, admin);
            makeChangelog(ScoreState.SOURCES, topic, settings, config, admin);
        }
    }

    private void makeChangelog(
            String store, Map<String, String> topic, ScoreSettings settings, StreamsConfig config, Admin admin) {
        int replicas = config.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG);
        var request = new NewTopic(
                settings.applicationId() + "-" + store + "-changelog",
                Optional.of(partitions),
                replicas < 0 ? Optional.empty() : Optional.of((short) replicas));
        try {
            admin.createTopics(List.of(request.configs(topic))).all().get();
        } catch (ExecutionException e) {
            // It is there, or may not be made; then the stream says so.
            LOG.debug("Topic {} was not made", request.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void start() {
        streams.setUncaughtExceptionHandler(restarts);
        streams.setStateListener((now, before) -> LOG.info("Scoring is {}", now));
        streams.start();
    }

    private void died(Throwable cause) {
        Optional<String> refused = refusal.explain(cause);
        end = refused.orElseGet(() -> KafkaProblem.reason(cause).toString());
        if (refused.isPresent()) {
            LOG.error("Scoring has died, and begins anew in a moment: {}", end);
        } else {
            LOG.error("Scoring has died, and begins anew in a moment; classification goes on", cause);
        }
    }

    /** What it died of, once it has; it does not begin anew by itself. */
    public Optional<String> death() {
        State state = streams.state();
        return state == State.ERROR || state == State.NOT_RUNNING ? Optional.of(end) : Optional.empty();
    }

    /** What it waits for around it, in a sentence. */
    public Optional<String> trouble() {
        return restarts.trouble();
    }

    /** Whether labels are being joined, or will be once partitions are given out. */
    public boolean running() {
        return streams.state().isRunningOrRebalancing() && restarts.trouble().isEmpty();
    }

    /** Over how many partitions scores are spread. */
    public int partitions() {
        return partitions;
    }

    /** The part of a store of {@link ScoreState} that lies in one partition, if this instance has it. */
    public <T> T store(String name, int partition, QueryableStoreType<T> type) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
    }

    /** Where other instances are that have a part of the scores. */
    public List<HostInfo> others() {
        try {
            return streams.streamsMetadataForStore(ScoreState.CONFUSION).stream()
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(self))
                    .distinct()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException e) {
            // It has ended, or has not begun; then it knows of nobody.
            return List.of();
        }
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
