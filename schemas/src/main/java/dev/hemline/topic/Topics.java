package dev.hemline.topic;

import dev.hemline.event.Classification;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.Episode;
import dev.hemline.event.EventAttempts;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.Labeller;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ModelStatus;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.event.TrainingRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Every topic of the system. Names, keys and values are promises to users. */
public final class Topics {
    /** Events of one id share a partition everywhere, so that they can be joined. */
    private static final int EVENT_PARTITIONS = 4;

    private static final Serde<String> ID = Serdes.String();
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    /** Images to classify, keyed by event id. */
    public static final Topic<String, ImageEvent> IMAGE_EVENTS = Topic.deleted(
                    "image-events", ID, EventSerde.of(ImageEvent.class), EVENT_PARTITIONS, Duration.ofDays(7))
            .timedByBrokers();

    /** What models made of them, keyed by event id. */
    public static final Topic<String, Classification> CLASSIFICATIONS =
            Topic.deleted("classifications", ID, EventFormats.DEFAULT.results(), EVENT_PARTITIONS, Duration.ofDays(7));

    /** What a challenger makes of the same images, keyed by event id: to be compared, and no answer to anybody. */
    public static final Topic<String, Classification> SHADOW_CLASSIFICATIONS = Topic.deleted(
            "shadow-classifications", ID, EventFormats.DEFAULT.results(), EVENT_PARTITIONS, Duration.ofDays(7));

    /** Manifests, chunks, aliases and policies, keyed by {@link ModelKey}, which says what the value is; one partition, in order. */
    public static final Topic<String, byte[]> MODELS = Topic.compacted("models", ID, BYTES, 1);

    /**
     * What classifier instances serve and refuse, keyed by instance and version. The newest of each key is what counts;
     * those of instances that crashed go after a day.
     */
    public static final Topic<String, ModelStatus> MODEL_STATUS = Topic.compacted(
                    "model-status", ID, EventSerde.of(ModelStatus.class), 1)
            .with(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
            .with(TopicConfig.RETENTION_MS_CONFIG, Duration.ofDays(1))
            // Cleaning leaves the segment being written alone, so there has to be a new one now and then.
            .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofHours(1));

    /**
     * Who holds a partition of {@code image-events} and which of its events processes died of, keyed by application id and
     * partition. Uncleaned for an hour, so that a process that was frozen and writes late is told from the holder.
     */
    public static final Topic<String, EventAttempts> IMAGE_EVENTS_ATTEMPTS = Topic.compacted(
                    "image-events-attempts", ID, EventSerde.of(EventAttempts.class), 1)
            .with(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Duration.ofHours(1))
            // Cleaning leaves the segment being written alone, and whoever begins reads all of it.
            .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofHours(1));

    /**
     * Which versions classifier instances are about to load, keyed by application id, version and instance. What an instance
     * that ended by it left there is forgotten after a month, by the brokers' clocks, so that nobody has to clean up.
     */
    public static final Topic<String, ModelAttempt> MODEL_ATTEMPTS = Topic.compacted(
                    "model-attempts", ID, EventSerde.of(ModelAttempt.class), 1)
            .with(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete")
            .with(TopicConfig.RETENTION_MS_CONFIG, Duration.ofDays(30))
            // Whoever begins reads all of it, and cleaning leaves the segment being written alone.
            .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofHours(1))
            .timedByBrokers();

    /** Trainings that somebody wants, keyed by model; one partition, so that a trainer takes them in order. */
    public static final Topic<String, TrainingRequest> TRAINING_REQUESTS = Topic.deleted(
                    "training-requests", ID, EventSerde.of(TrainingRequest.class), 1, Duration.ofDays(7))
            .timedByBrokers();

    /** True classes found out after the fact, keyed by event id. */
    public static final Topic<String, GroundTruth> GROUND_TRUTH = Topic.deleted(
                    "ground-truth", ID, EventFormats.DEFAULT.labels(), EVENT_PARTITIONS, Duration.ofDays(7))
            .timedByBrokers();

    /** Classifications judged by their true classes, keyed by event id. */
    public static final Topic<String, Score> SCORES =
            Topic.deleted("scores", ID, EventFormats.DEFAULT.scores(), EVENT_PARTITIONS, Duration.ofDays(7));

    /** Pictures as models saw them, for a share of events, keyed by event id. */
    public static final Topic<String, Sample> SAMPLES =
            Topic.deleted("samples", ID, EventSerde.of(Sample.class), EVENT_PARTITIONS, Duration.ofDays(7));

    /** Events whose true class is asked for, keyed by event id; a tombstone where it is not any more. */
    public static final Topic<String, LabelRequest> LABEL_REQUESTS = Topic.deleted(
            "label-requests", ID, EventSerde.of(LabelRequest.class), EVENT_PARTITIONS, Duration.ofDays(7));

    /**
     * Results added up by version and source, keyed {@code name/v000012/source}: what drift detection looks at. Whoever reads them
     * in order can tell every alarm anew.
     */
    public static final Topic<String, DriftBatch> DRIFT_BATCHES =
            Topic.deleted("drift-batches", ID, EventSerde.of(DriftBatch.class), EVENT_PARTITIONS, Duration.ofDays(7));

    /** That results have changed, or are again as they were, keyed {@code name/v000012/source}; few, so one partition, in order. */
    public static final Topic<String, Drift> DRIFT =
            Topic.deleted("drift", ID, EventSerde.of(Drift.class), 1, Duration.ofDays(30));

    /**
     * What champion and challenger made of the same labelled events, keyed {@code name/v000013/v000012/partition}, the challenger first;
     * few, so one partition.
     */
    public static final Topic<String, ExperimentCounts> EXPERIMENT_COUNTS =
            Topic.compacted("experiment-counts", ID, EventSerde.of(ExperimentCounts.class), 1);

    /** How each comparison of two versions stands; one partition. */
    public static final Topic<String, ExperimentStanding> EXPERIMENTS =
            Topic.compacted("experiments", ID, EventSerde.of(ExperimentStanding.class), 1);

    /** How comparisons of two versions ended, keyed by model; one partition, in order. */
    public static final Topic<String, ExperimentDecision> EXPERIMENT_DECISIONS =
            Topic.deleted("experiment-decisions", ID, EventSerde.of(ExperimentDecision.class), 1, Duration.ofDays(365));

    /** What was found to be wrong with what serves, and what came of it; few, so one partition. */
    public static final Topic<String, Episode> EPISODES =
            Topic.compacted("episodes", ID, EventSerde.of(Episode.class), 1);

    /** Whose labels are believed, and whose are not; few, so one partition. */
    public static final Topic<String, Labeller> LABELLERS =
            Topic.compacted("labellers", ID, EventSerde.of(Labeller.class), 1);

    /**
     * Image events that could not be classified: key and value as received, the reason in the headers. It takes larger
     * records than brokers do by default: a dead letter is larger than its event, and one that does not fit stops the
     * stream.
     */
    public static final Topic<byte[], byte[]> IMAGE_EVENTS_DLQ = Topic.deleted(
                    "image-events-dlq", BYTES, BYTES, EVENT_PARTITIONS, Duration.ofDays(30))
            .with(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "16777216");

    /**
     * Which dead letters were sent back to {@code image-events}: the dead-letter topic's id and the letter's place there
     * to the event's key as text. Made by the first replay.
     */
    public static final Topic<String, String> IMAGE_EVENTS_REPLAYS = Topic.compacted("image-events-replays", ID, ID, 1);

    /**
     * The schemas that events are written with: their fingerprint, 16 hexadecimal digits, to their text. Whoever writes events puts
     * theirs here first, for readers of other releases.
     */
    public static final Topic<String, String> SCHEMAS = Topic.compacted("schemas", ID, ID, 1)
            // Every start writes them again, and cleaning leaves the segment being written alone.
            .with(TopicConfig.SEGMENT_MS_CONFIG, Duration.ofHours(1));

    public static final List<Topic<?, ?>> ALL = List.of(
            IMAGE_EVENTS,
            CLASSIFICATIONS,
            SHADOW_CLASSIFICATIONS,
            MODELS,
            MODEL_STATUS,
            MODEL_ATTEMPTS,
            TRAINING_REQUESTS,
            GROUND_TRUTH,
            SCORES,
            DRIFT_BATCHES,
            DRIFT,
            EXPERIMENT_COUNTS,
            EXPERIMENTS,
            EXPERIMENT_DECISIONS,
            SAMPLES,
            LABEL_REQUESTS,
            EPISODES,
            LABELLERS,
            IMAGE_EVENTS_DLQ,
            IMAGE_EVENTS_ATTEMPTS,
            SCHEMAS);

    private Topics() {}

    /** What events of these topics are written with. */
    public static List<Schema> schemasOf(Collection<? extends Topic<?, ?>> topics) {
        return topics.stream().flatMap(Topics::schemasOf).toList();
    }

    private static Stream<Schema> schemasOf(Topic<?, ?> topic) {
        if (topic.equals(MODELS)) {
            return Stream.of(
                    ModelManifest.getClassSchema(),
                    ModelChunk.getClassSchema(),
                    ModelAlias.getClassSchema(),
                    ModelPolicy.getClassSchema());
        }
        return topic.valueSerde() instanceof EventSerde<?> events ? Stream.of(events.schema()) : Stream.empty();
    }
}
