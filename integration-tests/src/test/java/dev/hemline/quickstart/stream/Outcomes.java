package dev.hemline.quickstart.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What became of the events on a broker, read from its topics. */
record Outcomes(TestClients clients) {

    List<Classification> classifications() {
        return clients.readValues(Topics.CLASSIFICATIONS);
    }

    List<ConsumerRecord<byte[], byte[]>> read(Topic<?, ?> topic) {
        return clients.readAll(topic);
    }

    int count() {
        return read(Topics.CLASSIFICATIONS).size()
                + read(Topics.IMAGE_EVENTS_DLQ).size();
    }

    /** Every event sent stands exactly once in results or dead letters. */
    void assertEachEventHasOne() {
        List<String> outcomes = Stream.of(Topics.CLASSIFICATIONS, Topics.IMAGE_EVENTS_DLQ)
                .flatMap(topic -> read(topic).stream())
                .map(Outcomes::key)
                .sorted()
                .toList();
        List<String> sent =
                read(Topics.IMAGE_EVENTS).stream().map(Outcomes::key).sorted().toList();
        assertThat(sent).doesNotHaveDuplicates();
        assertThat(outcomes).isEqualTo(sent);
    }

    /** Within a partition, the version of a result is never older than that of the result before. */
    void assertVersionsNeverGoBack() {
        assertThat(stepsBack()).isEmpty();
    }

    /** Within a partition, versions go back at most once, and only to the version that somebody rolled back to. */
    void assertVersionsGoBackOnceAndOnlyTo(int version) {
        List<StepBack> steps = stepsBack();
        assertThat(steps).isNotEmpty().allSatisfy(step -> assertThat(step.to()).isEqualTo(version));
        assertThat(steps).extracting(StepBack::partition).doesNotHaveDuplicates();
    }

    /** Of the results so far. */
    Set<Integer> versions() {
        return classifications().stream().map(Classification::getModelVersion).collect(toSet());
    }

    /** A result of an older version than the result before. */
    record StepBack(int partition, long offset, int from, int to) {}

    /** All of them so far. */
    List<StepBack> stepsBack() {
        Map<Integer, Integer> before = new HashMap<>();
        List<StepBack> steps = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.CLASSIFICATIONS)) {
            int version =
                    EventSerde.of(Classification.class).decode(record.value()).getModelVersion();
            int last = before.getOrDefault(record.partition(), 0);
            if (version < last) {
                steps.add(new StepBack(record.partition(), record.offset(), last, version));
            }
            before.put(record.partition(), version);
        }
        return steps;
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
