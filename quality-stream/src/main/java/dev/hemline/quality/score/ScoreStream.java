package dev.hemline.quality.score;

import dev.hemline.event.Evidence;
import dev.hemline.quality.batch.ResultBatcher;
import dev.hemline.quality.stream.ObserverStream;
import dev.hemline.quality.stream.StreamSupervisor;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.service.streams.BoundedClients;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scoring as it runs beside a classifier: a Kafka Streams instance of its own. */
public final class ScoreStream implements StreamSupervisor.Supervised {
    private static final Logger LOG = LoggerFactory.getLogger(ScoreStream.class);
    private static final int PATIENCE_MS = 30_000;

    private static final String NO_BATCHES = "No drift is noticed in what is scored here: topic " + Topics.DRIFT_BATCHES
            + " is not there, or it takes a right to write to it; give it, and start this classifier again";

    private final HostInfo self;
    private final int partitions;
    private final boolean batching;
    private final Optional<String> missing;
    private final ObserverStream observer;

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
        batching = settings.batching() && mayWriteBatches(settings.kafka());
        missing = settings.batching() && !batching ? Optional.of(NO_BATCHES) : Optional.empty();
        observer = new ObserverStream(
                "Scoring",
                settings.kafka(),
                "classifier",
                settings.classifierId(),
                settings.stateFolder().resolve(settings.applicationId()),
                List.of(Evidence.getClassSchema()),
                (folder, schemas) -> streams(settings, formats, listener, folder, schemas),
                registry);
    }

    private KafkaStreams streams(
            ScoreSettings settings, EventFormats formats, ScoreListener listener, Path folder, WriterSchemas schemas) {
        var config = new StreamsConfig(settings.streams(self, folder));
        makeChangelogs(settings, config);
        return new KafkaStreams(
                ScoreTopology.build(
                        settings.labelWindow(), partitions, batching, listener, formats.reading(schemas), schemas),
                config,
                new BoundedClients());
    }

    /** Who may not has scores all the same. */
    private static boolean mayWriteBatches(KafkaSettings kafka) {
        String topic = Topics.DRIFT_BATCHES.name();
        try (Admin admin = kafka.admin(PATIENCE_MS)) {
            var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
            Set<AclOperation> allowed =
                    admin.describeTopics(List.of(topic), options).allTopicNames().get().values().stream()
                            .findFirst()
                            .map(TopicDescription::authorizedOperations)
                            .orElse(null);
            // What brokers do not tell they do not forbid.
            if (allowed == null || allowed.contains(AclOperation.WRITE)) {
                return true;
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicAuthorizationException
                    || e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new UserError("Kafka does not tell how topic " + topic + " is set up: " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted while asking Kafka about topic " + topic, e);
        }
        LOG.warn("{}; scores are kept all the same", NO_BATCHES);
        return false;
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
            if (batching) {
                ResultBatcher.STORES.forEach(store -> makeChangelog(store, topic, settings, config, admin));
            }
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

    @Override
    public void start() {
        observer.start();
    }

    @Override
    public ObserverStream observer() {
        return observer;
    }

    /** Over how many partitions scores are spread. */
    public int partitions() {
        return partitions;
    }

    /** What it does without, in a sentence. */
    public Optional<String> missing() {
        return missing;
    }

    /** The part of a store of {@link ScoreState} that lies in one partition, if this instance has it. */
    public <T> T store(String name, int partition, QueryableStoreType<T> type) {
        return observer.store(name, partition, type);
    }

    /** Where other instances are that have a part of the scores. */
    public List<HostInfo> others() {
        return observer.others(ScoreState.CONFUSION, self);
    }

    @Override
    public void close() {
        observer.close();
    }
}
