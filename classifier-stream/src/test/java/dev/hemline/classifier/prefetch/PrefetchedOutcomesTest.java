package dev.hemline.classifier.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.topic.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class PrefetchedOutcomesTest {
    private static final String TOPIC = "images";

    private final List<Integer> batches = new ArrayList<>();
    private final PrefetchedOutcomes prefetched = new PrefetchedOutcomes(TOPIC, this::answer, ClassifierListener.NONE);

    private List<CompletableFuture<Outcome>> answer(List<byte[]> events) {
        batches.add(events.size());
        return events.stream()
                .map(event -> CompletableFuture.<Outcome>completedFuture(
                        new Rejected(Rejection.MISSING_ID, "of " + event[0], Exception.class, event)))
                .toList();
    }

    private static ConsumerRecords<byte[], byte[]> poll(String topic, int partition, int... offsets) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int offset : offsets) {
            records.add(new ConsumerRecord<>(topic, partition, offset, null, new byte[] {(byte) offset}));
        }
        return new ConsumerRecords<>(Map.of(new TopicPartition(topic, partition), records), Map.of());
    }

    private static String message(Outcome outcome) {
        return ((Rejected) outcome).message();
    }

    @Test
    void shouldHandAWholePollOverAtOnceAndGiveEachRecordItsOwnOutcome() {
        prefetched.polled(poll(TOPIC, 0, 5, 6, 7));

        assertThat(message(prefetched.take(0, 6, new byte[] {6}))).isEqualTo("of 6");
        assertThat(message(prefetched.take(0, 5, new byte[] {5}))).isEqualTo("of 5");
        assertThat(batches).containsExactly(3);
        assertThat(prefetched.size()).isEqualTo(1);
        assertThat(prefetched.misses()).isZero();
    }

    @Test
    void shouldClassifyARecordAloneWhenItsPollWasNotSeen() {
        assertThat(message(prefetched.take(0, 9, new byte[] {9}))).isEqualTo("of 9");

        assertThat(batches).containsExactly(1);
        assertThat(prefetched.misses()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOtherTopicsAlone() {
        prefetched.polled(poll("models", 0, 1, 2));

        assertThat(batches).isEmpty();
    }

    @Test
    void shouldKeepPartitionsApart() {
        prefetched.polled(poll(TOPIC, 0, 1));
        prefetched.polled(poll(TOPIC, 1, 1));

        prefetched.forget(0);

        assertThat(prefetched.size()).isEqualTo(1);
        prefetched.take(1, 1, new byte[] {1});
        assertThat(prefetched.misses()).isZero();
    }

    @Test
    void shouldTakeBackFromTheEngineWhatGoesElsewhere() {
        var waiting = new CompletableFuture<Outcome>();
        var busy = new PrefetchedOutcomes(TOPIC, events -> List.of(waiting), ClassifierListener.NONE);
        busy.polled(poll(TOPIC, 0, 1));

        busy.forget(0);

        assertThat(waiting).isCancelled();
    }

    @Test
    void shouldFailTheStreamAndNotTheEventWhenTheEngineItselfFails() {
        var broken = new PrefetchedOutcomes(
                TOPIC,
                events -> List.of(CompletableFuture.failedFuture(new OutOfMemoryError("no native memory"))),
                ClassifierListener.NONE);

        assertThatThrownBy(() -> broken.take(0, 3, new byte[] {3}))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("images-0@3")
                .hasRootCauseMessage("no native memory");
    }
}
