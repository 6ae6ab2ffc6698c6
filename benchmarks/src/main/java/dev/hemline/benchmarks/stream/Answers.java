package dev.hemline.benchmarks.stream;

import dev.hemline.event.Classification;
import dev.hemline.testbed.stream.TopicFollower;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;

/** The label of every event by its id, as one contender gave them. */
public record Answers(Map<String, Integer> labels) {
    private static final EventSerde<Classification> RESULTS = EventFormats.DEFAULT.results();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Reads what came onto the topic of results since. */
    public static Answers since(Map<TopicPartition, Long> from, LocalStream stream) {
        Map<TopicPartition, Long> ends = ends(stream);
        Map<String, Integer> labels = new HashMap<>();
        try (var reader = new TopicReader(stream.client()).from(from)) {
            reader.readTo(ends, PATIENCE, record -> {
                Classification result = RESULTS.decode(record.value());
                if (labels.put(result.getId(), result.getLabel()) != null) {
                    throw new IllegalStateException("event " + result.getId() + " was answered twice");
                }
            });
        }
        return new Answers(labels);
    }

    /**
     * Hears of every result from now on, with when it was read in milliseconds since 1970.
     *
     * @param reader of its own; whether it waits for transactions to be committed is its business
     * @param listener called in the follower's thread
     */
    public static TopicFollower follow(TopicReader reader, ObjLongConsumer<Classification> listener) {
        return TopicFollower.start("reader of results", reader.fromNow(List.of(Topics.CLASSIFICATIONS)), records -> {
            long at = System.currentTimeMillis();
            records.forEach(record -> listener.accept(RESULTS.decode(record.value()), at));
        });
    }

    /** Where the topic of results ends, and the next contender's begin. */
    public static Map<TopicPartition, Long> ends(LocalStream stream) {
        try (var reader = new TopicReader(stream.client())) {
            return reader.stableEnds(List.of(Topics.CLASSIFICATIONS));
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
            throw new IllegalStateException(name + " answered " + labels.size() + " events, the first contender "
                    + others.labels.size() + ", and not all the same");
        }
        return labels.entrySet().stream()
                .filter(answer -> !answer.getValue().equals(others.labels.get(answer.getKey())))
                .count();
    }
}
