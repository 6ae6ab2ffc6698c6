package dev.hemline.benchmarks.stream;

import dev.hemline.event.Classification;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.tap.TopicEnds;
import dev.hemline.testbed.tap.TopicWindow;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The label of every event by its id, as one way gave them. */
public record Answers(Map<String, Integer> labels) {
    private static final EventSerde<Classification> RESULTS = EventSerde.of(Classification.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Reads what came onto the topic of results since. */
    public static Answers since(Map<TopicPartition, Long> from, KafkaSettings kafka) {
        Map<String, Integer> labels = new HashMap<>();
        new TopicWindow(from, ends(kafka)).read(kafka, PATIENCE, record -> {
            Classification result = RESULTS.decode(record.value());
            if (labels.put(result.getId(), result.getLabel()) != null) {
                throw new IllegalStateException("event " + result.getId() + " was answered twice");
            }
        });
        return new Answers(labels);
    }

    /** Where the topic of results ends, and the next way's begin. */
    public static Map<TopicPartition, Long> ends(KafkaSettings kafka) {
        try (var ends = new TopicEnds(kafka)) {
            return ends.stable(List.of(Topics.CLASSIFICATIONS));
        }
    }

    /**
     * Nobody is to win by leaving events out, or by answering something else.
     *
     * @return how many labels are others than theirs; sums are added up in another order, so a close call may be
     * @throws IllegalStateException if they are not the same events
     */
    public long differentFrom(Answers others, String name) {
        if (!labels.keySet().equals(others.labels.keySet())) {
            throw new IllegalStateException(name + " answered " + labels.size() + " events, the first way "
                    + others.labels.size() + ", and not all the same");
        }
        return labels.entrySet().stream()
                .filter(answer -> !answer.getValue().equals(others.labels.get(answer.getKey())))
                .count();
    }
}
