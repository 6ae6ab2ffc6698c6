package dev.hemline.service;

import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicCreation;
import dev.hemline.topic.TopicCreation.Outcome;
import dev.hemline.topic.TopicCreation.Outcome.AsExpected;
import dev.hemline.topic.TopicCreation.Outcome.Created;
import dev.hemline.topic.TopicCreation.Outcome.Differs;
import dev.hemline.topic.TopicCreation.Outcome.Unusable;
import dev.hemline.topic.Topics;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to an app's topics when it starts, and tells a person what it found. What events of these topics are written with is put on
 * topic {@code schemas}.
 */
public final class KafkaTopics {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);

    /** Long enough for a broker that is just starting; then a person had better look. */
    private static final int PATIENCE_MS = 30_000;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private KafkaTopics() {}

    /** @throws UserError if no broker answers, or a topic can be neither found nor created, or cannot be worked with */
    public static void ensure(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        awaitBroker(kafka);
        ensure(kafka, topics, PATIENCE_MS);
    }

    /** One that is just starting takes connections before it answers. */
    private static void awaitBroker(KafkaSettings kafka) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        Optional<BrokerCall.Problem> problem = BrokerCall.problem(kafka);
        problem.filter(BrokerCall.Problem::passing)
                .ifPresent(now -> LOG.warn("Waiting up to {} s for Kafka: {}", PATIENCE_MS / 1000, now.sentence()));
        while (problem.isPresent()) {
            if (!problem.get().passing()
                    || System.nanoTime() - deadline > 0
                    || Thread.currentThread().isInterrupted()) {
                throw problem.get().error();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            problem = BrokerCall.problem(kafka);
        }
    }

    static void ensure(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics, int patienceMs) {
        create(kafka, topics, patienceMs).forEach(KafkaTopics::tell);
    }

    /**
     * As above, for whoever tells it otherwise.
     *
     * @return what was found or done, one outcome per topic, in order
     * @throws UserError if no broker answers, or a topic can be neither found nor created
     */
    public static List<Outcome> create(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        awaitBroker(kafka);
        return create(kafka, topics, PATIENCE_MS);
    }

    private static List<Outcome> create(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics, int patienceMs) {
        List<Schema> schemas = Topics.schemasOf(topics);
        Collection<Topic<?, ?>> needed = new LinkedHashSet<>(topics);
        if (!schemas.isEmpty()) {
            needed.add(Topics.SCHEMAS);
        }
        try (Admin admin = kafka.admin(patienceMs)) {
            List<Outcome> outcomes = new TopicCreation(admin).ensure(needed);
            // Before the first event that is written with them; none is, where a topic cannot be used.
            if (!schemas.isEmpty() && outcomes.stream().noneMatch(Unusable.class::isInstance)) {
                SchemaTopic.put(kafka.client(Map.of("max.block.ms", patienceMs)), schemas);
            }
            return outcomes;
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /**
     * Gives topics the settings that Hemline would have made them with; the number of partitions stays.
     *
     * @throws UserError if no broker answers, or brokers refuse
     */
    public static void repair(KafkaSettings kafka, Collection<? extends Topic<?, ?>> topics) {
        try (Admin admin = kafka.admin(PATIENCE_MS)) {
            new TopicCreation(admin).repair(topics);
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /**
     * The largest batch of records that brokers take for a topic, in bytes; a large record is a batch of its own.
     *
     * @throws UserError if the brokers do not say
     */
    public static int maxMessageBytes(KafkaSettings kafka, Topic<?, ?> topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
        try (Admin admin = kafka.admin(PATIENCE_MS)) {
            Config config = Objects.requireNonNull(
                    admin.describeConfigs(List.of(resource)).all().get().get(resource));
            return Integer.parseInt(
                    config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
        } catch (ExecutionException e) {
            throw new UserError("Kafka does not tell how topic " + topic + " is set up: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("Interrupted while asking Kafka about topic " + topic, e);
        }
    }

    /**
     * Makes sure, as far as brokers tell, that a topic takes records of that size, before work is done that would be lost.
     *
     * @throws UserError if it does not
     */
    public static void requireRoom(KafkaSettings kafka, Topic<?, ?> topic, int bytes) {
        int most;
        try {
            most = maxMessageBytes(kafka, topic);
        } catch (UserError e) {
            // Who may write to a topic need not be allowed to see how it is set up.
            LOG.debug("It is not known whether topic {} has room", topic, e);
            return;
        }
        if (most < bytes) {
            throw new UserError("Topic " + topic + " takes records of " + most + " bytes at most, and has to take "
                    + bytes + "; raise its max.message.bytes");
        }
    }

    private static void tell(Outcome outcome) {
        if (outcome instanceof Unusable unusable) {
            throw new UserError("Topic " + unusable.topic() + " cannot be used: " + unusable.why()
                    + "; delete it, and 'hemline topics create' makes it as it has to be");
        } else if (outcome instanceof Created created) {
            LOG.info("Created topic {}", created.topic());
        } else if (outcome instanceof Differs differs) {
            LOG.warn(
                    "Topic {} is not as Hemline would have made it: {}; it is used as it is{}",
                    differs.topic(),
                    String.join("; ", differs.differences()),
                    differs.repairable()
                            ? ", 'hemline topics create --repair " + differs.topic() + "' changes settings"
                            : "");
        } else if (outcome instanceof AsExpected asExpected) {
            LOG.debug("Topic {} is as expected", asExpected.topic());
        }
    }
}
