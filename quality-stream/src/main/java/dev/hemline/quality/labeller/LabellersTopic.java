package dev.hemline.quality.labeller;

import dev.hemline.event.Labeller;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whose labels count, as it was known at the last look. Thread-safe. */
public final class LabellersTopic implements Predicate<String>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabellersTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CompactedTopic<Labeller> topic;
    private final KnownLabellers known = new KnownLabellers();

    /** Connects to nothing yet. */
    public LabellersTopic(KafkaSettings kafka) {
        topic = new CompactedTopic<>(kafka, Topics.LABELLERS, name -> true, PATIENCE);
    }

    /** Looks again; what was known stays known while brokers do not tell. For one thread. */
    public void refresh() {
        try {
            topic.readNew(known::add);
        } catch (KafkaException e) {
            LOG.debug("Topic {} was not read", Topics.LABELLERS, e);
        }
    }

    @Override
    public boolean test(String name) {
        return known.believes(name);
    }

    @Override
    public void close() {
        topic.close();
    }
}
