package dev.hemline.topic;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics that are missing and compares those that are there; running it again changes nothing. */
public final class TopicCreation {
    private static final Duration HOSTING_PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(20);

    private final Admin admin;

    /** @param admin stays the caller's to close */
    public TopicCreation(Admin admin) {
        this.admin = admin;
    }

    /** What was found or done about one topic. */
    public sealed interface Outcome {
        String topic();

        record Created(String topic) implements Outcome {}

        record AsExpected(String topic) implements Outcome {}

        /**
         * It was there already and is left as it is.
         *
         * @param differences each a sentence with both values
         * @param repairable whether settings are among them, and not only the number of partitions
         */
        record Differs(String topic, List<String> differences, boolean repairable) implements Outcome {}

        /** It was there already and must not be used; why is a sentence. */
        record Unusable(String topic, String why) implements Outcome {}
    }

    /**
     * Makes sure that every topic exists, replicated as the broker's default says.
     *
     * @return one outcome per topic, in order
     * @throws KafkaException if the brokers cannot be reached or refuse
     */
    public List<Outcome> ensure(Collection<? extends Topic<?, ?>> topics) {
        var outcomes = new ArrayList<Outcome>();
        for (Topic<?, ?> topic : topics) {
            // Looking comes first: who may use a topic that is there need not be allowed to make one.
            outcomes.add(!isThere(topic) && create(topic) ? new Outcome.Created(topic.name()) : compare(topic));
        }
        topics.stream()
                .filter(topic -> outcomes.contains(new Outcome.Created(topic.name())))
                .forEach(this::awaitHosted);
        return outcomes;
    }

    /** A broker tells of a new topic a moment before it hosts it; whoever asks for its offsets then is turned away. */
    private void awaitHosted(Topic<?, ?> topic) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + HOSTING_PATIENCE.toNanos();
        while (true) {
            try {
                answer(
                        admin.listOffsets(ends).all(),
                        "Topic " + topic + " was created but is not served",
                        List.of(topic));
                return;
            } catch (KafkaException e) {
                boolean late = System.nanoTime() - deadline > 0;
                if (late || !(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    private boolean isThere(Topic<?, ?> topic) {
        return !isRefusedFor(UnknownTopicOrPartitionException.class, () -> describe(topic));
    }

    private TopicDescription describe(Topic<?, ?> topic) {
        var answer = admin.describeTopics(List.of(topic.name())).allTopicNames();
        return answer(answer, "Cannot describe topic " + topic, List.of(topic))
                .values()
                .iterator()
                .next();
    }

    private boolean create(Topic<?, ?> topic) {
        var request = new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty());
        var answer =
                admin.createTopics(List.of(request.configs(topic.config()))).all();
        return !isRefusedFor(
                TopicExistsException.class, () -> answer(answer, "Cannot create topic " + topic, List.of(topic)));
    }

    /** Whether a request is refused for this reason; one that is refused for another is thrown on. */
    private static boolean isRefusedFor(Class<? extends KafkaException> reason, Runnable request) {
        try {
            request.run();
            return false;
        } catch (KafkaException e) {
            if (reason.isInstance(e.getCause())) {
                return true;
            }
            throw e;
        }
    }

    private Outcome compare(Topic<?, ?> expected) {
        int partitions = describe(expected).partitions().size();
        if (expected.partitions() == 1 && partitions != 1) {
            return new Outcome.Unusable(
                    expected.name(),
                    "it has " + partitions + " partitions, and only a single one keeps its events in their order");
        }
        var differences = new ArrayList<String>();
        if (partitions != expected.partitions()) {
            differences.add("it has " + partitions + " partitions, Hemline would have made " + expected.partitions());
        }
        settings(expected)
                .ifPresent(actual -> new TreeMap<>(expected.config()).forEach((name, value) -> {
                    String found = actual.get(name) == null
                            ? "unset"
                            : actual.get(name).value();
                    if (!value.equals(found)) {
                        differences.add(name + " is " + found + ", Hemline would have set " + value
                                + consequence(name, value, found));
                    }
                }));
        boolean repairable = differences.size() > (partitions == expected.partitions() ? 0 : 1);
        return differences.isEmpty()
                ? new Outcome.AsExpected(expected.name())
                : new Outcome.Differs(expected.name(), List.copyOf(differences), repairable);
    }

    private static String consequence(String name, String expected, String found) {
        boolean forgets = name.equals(TopicConfig.CLEANUP_POLICY_CONFIG)
                && expected.contains(TopicConfig.CLEANUP_POLICY_COMPACT)
                && !found.contains(TopicConfig.CLEANUP_POLICY_COMPACT);
        if (name.equals(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)) {
            return " (records that their senders gave an old time are deleted before they are read)";
        }
        return forgets ? " (what is older than its retention.ms is deleted, the newest of each key too)" : "";
    }

    /**
     * Gives topics the settings that they would have been created with; partitions stay as they are. Returns when brokers tell
     * of them, which is a moment after controllers took them.
     *
     * @throws KafkaException if the brokers cannot be reached or refuse
     */
    public void repair(Collection<? extends Topic<?, ?>> topics) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (Topic<?, ?> topic : topics) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    topic.config().entrySet().stream()
                            .map(setting -> new AlterConfigOp(
                                    new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                            .toList());
        }
        answer(admin.incrementalAlterConfigs(changes).all(), "Cannot change settings of topics " + topics, topics);
        long deadline = System.nanoTime() + HOSTING_PATIENCE.toNanos();
        while (topics.stream().anyMatch(this::isRepairable) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(RETRY_PAUSE.toNanos());
        }
    }

    private boolean isRepairable(Topic<?, ?> topic) {
        return compare(topic) instanceof Outcome.Differs differs && differs.repairable();
    }

    /** Empty where this user may use the topic, but not see how it is set up. */
    private Optional<Config> settings(Topic<?, ?> topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        var answer = admin.describeConfigs(List.of(resource)).all();
        try {
            return Optional.ofNullable(answer(answer, "Cannot describe topic " + topic, List.of(topic))
                    .get(resource));
        } catch (TopicAuthorizationException e) {
            return Optional.empty();
        }
    }

    /** A refusal says which topics it is about, which the brokers leave out. */
    private static <T> T answer(KafkaFuture<T> future, String failure, Collection<? extends Topic<?, ?>> topics) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            String message = failure + ": " + cause.getMessage();
            throw cause instanceof TopicAuthorizationException
                    ? new TopicAuthorizationException(
                            message, topics.stream().map(Topic::name).collect(toSet()))
                    : new KafkaException(message, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while creating topics", e);
        }
    }
}
