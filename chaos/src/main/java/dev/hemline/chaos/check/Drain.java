package dev.hemline.chaos.check;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.audit.ScoredTopics;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.testbed.tap.TopicEnds;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a group of classifiers has done with everything there is. */
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    private static final Duration TICK = Duration.ofMillis(300);

    private final KafkaSettings kafka;
    private final String group;
    private final Duration patience;

    Drain(KafkaSettings kafka, String group, Duration patience) {
        this.kafka = kafka;
        this.group = group;
        this.patience = patience;
    }

    /** @return whether every image event is done with */
    boolean images() throws InterruptedException {
        return reached(group, Topics.IMAGE_EVENTS);
    }

    /** @return whether every result and label is */
    boolean scores() throws InterruptedException {
        var scoring = new ScoredTopics(group);
        for (Topic<?, ?> topic : scoring.inOrder()) {
            if (!reached(scoring.group(), topic)) {
                return false;
            }
        }
        return true;
    }

    private boolean reached(String group, Topic<?, ?> topic) throws InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        try (var ends = new TopicEnds(kafka);
                var offsets = new GroupOffsets(kafka, group)) {
            while (!reached(ends, offsets, topic)) {
                if (Instant.now().isAfter(deadline)) {
                    LOG.warn("Group {} has not done with topic {} after {} s", group, topic, patience.toSeconds());
                    return false;
                }
                Thread.sleep(TICK.toMillis());
            }
            return true;
        }
    }

    private static boolean reached(TopicEnds ends, GroupOffsets offsets, Topic<?, ?> topic) {
        try {
            Map<TopicPartition, Long> written = ends.written(List.of(topic));
            return offsets.reached(written);
        } catch (KafkaException e) {
            LOG.info("Asking again: {}", e.toString());
            return false;
        }
    }
}
