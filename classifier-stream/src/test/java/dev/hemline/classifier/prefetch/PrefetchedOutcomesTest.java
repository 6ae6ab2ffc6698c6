package dev.hemline.classifier.prefetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.quarantine.FakeAttempts;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PrefetchedOutcomesTest {
    private static final String TOPIC = "images";

    private static final Outcome OUTCOME = new Rejected(Rejection.MISSING_ID, "", Exception.class, null);

    private final List<Integer> batches = new ArrayList<>();
    private final PrefetchedOutcomes prefetched =
            new PrefetchedOutcomes(TOPIC, this::answer, ClassifierListener.NONE, FakeAttempts.quarantine());

    private List<Optional<CompletableFuture<Outcome>>> answer(List<ConsumerRecord<byte[], byte[]>> events) {
        batches.add(events.size());
        return events.stream()
                .map(event ->
                        new Rejected(Rejection.MISSING_ID, "of " + event.value()[0], Exception.class, event.value()))
                .map(outcome -> Optional.of(CompletableFuture.<Outcome>completedFuture(outcome)))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, int partition, int offset) {
        return new ConsumerRecord<>(topic, partition, offset, null, new byte[] {(byte) offset});
    }

    private static ConsumerRecords<byte[], byte[]> poll(String topic, int partition, int... offsets) {
        return poll(topic, Map.of(partition, IntStream.of(offsets).boxed().toList()));
    }

    private static ConsumerRecords<byte[], byte[]> poll(Map<Integer, List<Integer>> offsets) {
        return poll(TOPIC, offsets);
    }

    private static ConsumerRecords<byte[], byte[]> poll(String topic, Map<Integer, List<Integer>> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        polled.forEach((partition, offsets) -> {
            var from = new TopicPartition(topic, partition);
            for (int offset : offsets) {
                records.computeIfAbsent(from, none -> new ArrayList<>()).add(record(topic, partition, offset));
                next.put(from, new OffsetAndMetadata(offset + 1));
            }
        });
        return new ConsumerRecords<>(records, next);
    }

    private static List<Optional<CompletableFuture<Outcome>>> onlyFirst(
            int count, List<Optional<CompletableFuture<Outcome>>> outcomes) {
        return IntStream.range(0, outcomes.size())
                .mapToObj(i -> i < count ? outcomes.get(i) : Optional.<CompletableFuture<Outcome>>empty())
                .toList();
    }

    private static long end(TopicPartition partition) {
        return 100;
    }

    private static String message(Outcome outcome) {
        return ((Rejected) outcome).message();
    }

    @Test
    void shouldHandAWholePollOverAtOnceAndGiveEachRecordItsOwnOutcome() {
        prefetched.polled(poll(TOPIC, 0, 5, 6, 7), PrefetchedOutcomesTest::end);

        assertThat(message(prefetched.take(record(TOPIC, 0, 6)))).isEqualTo("of 6");
        assertThat(message(prefetched.take(record(TOPIC, 0, 5)))).isEqualTo("of 5");
        prefetched.done(0, 6);
        prefetched.done(0, 5);
        assertThat(batches).containsExactly(3);
        assertThat(prefetched.size()).isEqualTo(1);
        assertThat(prefetched.misses()).isZero();
    }

    @Test
    void shouldSayWhereToPollAgainWhatTheEngineDoesNotTakeOn() {
        var busy = new PrefetchedOutcomes(
                TOPIC, events -> onlyFirst(2, answer(events)), ClassifierListener.NONE, FakeAttempts.quarantine());
        ConsumerRecords<byte[], byte[]> polled = poll(Map.of(0, List.of(5, 6, 7, 8), 1, List.of(1, 2)));

        Map<TopicPartition, Long> left = busy.polled(polled, PrefetchedOutcomesTest::end);

        // One of each partition in turn, so that none of them waits for all of another.
        assertThat(busy.size()).isEqualTo(2);
        assertThat(left)
                .containsOnly(Map.entry(new TopicPartition(TOPIC, 0), 6L), Map.entry(new TopicPartition(TOPIC, 1), 2L));
    }

    @Test
    void shouldWaitAsLongAsTheEngineAnswersAnybody() {
        List<CompletableFuture<Outcome>> waiting =
                Stream.generate(CompletableFuture<Outcome>::new).limit(8).toList();
        var slow = new PrefetchedOutcomes(
                TOPIC,
                events -> waiting.stream().map(Optional::of).toList(),
                ClassifierListener.NONE,
                FakeAttempts.quarantine(),
                Duration.ofMillis(480));
        slow.polled(poll(TOPIC, 0, 0, 1, 2, 3, 4, 5, 6, 7), PrefetchedOutcomesTest::end);
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).completeOnTimeout(OUTCOME, 200L * (i + 1), TimeUnit.MILLISECONDS);
        }

        assertThat(slow.take(record(TOPIC, 0, 7))).isSameAs(OUTCOME);
    }

    @Test
    void shouldFailTheStreamWhenTheEngineAnswersNobody() {
        var broken = new PrefetchedOutcomes(
                TOPIC,
                events -> List.of(Optional.of(new CompletableFuture<>())),
                ClassifierListener.NONE,
                FakeAttempts.quarantine(),
                Duration.ofMillis(48));

        assertThatThrownBy(() -> broken.take(record(TOPIC, 0, 3)))
                .isInstanceOf(EngineFailedException.class)
                .hasMessageContaining("Nothing was classified for PT0.048S while images-0@3 waited");
    }

    @Test
    void shouldClassifyARecordAloneWhenItsPollWasNotSeen() {
        assertThat(message(prefetched.take(record(TOPIC, 0, 9)))).isEqualTo("of 9");

        assertThat(batches).containsExactly(1);
        assertThat(prefetched.misses()).isEqualTo(1);
    }

    @Test
    void shouldWaitAWhileForARecordAloneThatCannotBeReadYet() {
        var calls = new AtomicInteger();
        var waiting = new PrefetchedOutcomes(
                TOPIC,
                events -> onlyFirst(calls.incrementAndGet() > 5 ? 1 : 0, answer(events)),
                ClassifierListener.NONE,
                FakeAttempts.quarantine());

        assertThat(message(waiting.take(record(TOPIC, 0, 9)))).isEqualTo("of 9");
        assertThat(waiting.misses()).isEqualTo(1);
    }

    @Test
    void shouldBeginAnewRatherThanKeepWhatOthersWaitFor() {
        var waiting = new PrefetchedOutcomes(
                TOPIC,
                events -> onlyFirst(0, answer(events)),
                ClassifierListener.NONE,
                FakeAttempts.quarantine(),
                Duration.ofMillis(24));

        assertThatThrownBy(() -> waiting.take(record(TOPIC, 0, 9)))
                .isInstanceOf(NotYetReadableException.class)
                .hasMessageContaining("images-0@9");
    }

    @Test
    void shouldLeaveOtherTopicsAlone() {
        prefetched.polled(poll("models", 0, 1, 2), PrefetchedOutcomesTest::end);

        assertThat(batches).isEmpty();
    }

    @Test
    void shouldKeepPartitionsApart() {
        prefetched.polled(poll(TOPIC, 0, 1), PrefetchedOutcomesTest::end);
        prefetched.polled(poll(TOPIC, 1, 1), PrefetchedOutcomesTest::end);

        prefetched.forget(0);

        assertThat(prefetched.size()).isEqualTo(1);
        prefetched.take(record(TOPIC, 1, 1));
        assertThat(prefetched.misses()).isZero();
    }

    @Test
    void shouldTakeBackFromTheEngineWhatGoesElsewhere() {
        var waiting = new CompletableFuture<Outcome>();
        var busy = new PrefetchedOutcomes(
                TOPIC, events -> List.of(Optional.of(waiting)), ClassifierListener.NONE, FakeAttempts.quarantine());
        busy.polled(poll(TOPIC, 0, 1), PrefetchedOutcomesTest::end);

        busy.forget(0);

        assertThat(waiting).isCancelled();
    }

    @Test
    void shouldFailTheStreamAndNotTheEventWhenTheEngineItselfFails() {
        var broken = new PrefetchedOutcomes(
                TOPIC,
                events ->
                        List.of(Optional.of(CompletableFuture.failedFuture(new OutOfMemoryError("no native memory")))),
                ClassifierListener.NONE,
                FakeAttempts.quarantine());

        assertThatThrownBy(() -> broken.take(record(TOPIC, 0, 3)))
                .isInstanceOf(EngineFailedException.class)
                .hasMessageContaining("images-0@3")
                .hasRootCauseMessage("no native memory");
    }

    @Test
    void shouldNotTryPoison() {
        var attempts = new FakeAttempts();
        for (String process : List.of("a", "b", "c")) {
            of(process, attempts).polled(poll(TOPIC, 0, 5), partition -> 6);
        }
        batches.clear();

        PrefetchedOutcomes last = of("d", attempts);
        Map<TopicPartition, Long> left = last.polled(poll(TOPIC, 0, 5, 6), partition -> 7);

        assertThat(batches).isEmpty();
        assertThat(((Rejected) last.take(record(TOPIC, 0, 5))).reason()).isEqualTo(Rejection.POISON);
        assertThat(left).containsOnly(Map.entry(new TopicPartition(TOPIC, 0), 6L));
        last.done(0, 5);
        last.polled(poll(TOPIC, 0, 6), partition -> 7);
        assertThat(message(last.take(record(TOPIC, 0, 6)))).isEqualTo("of 6");
    }

    @Test
    void shouldTryNoSuspectWhileAnythingElseIsUnderWay() {
        // Given: events of partition 0 under way, and of partition 1 an event at which a process ended
        var attempts = new FakeAttempts();
        for (String process : List.of("a", "b")) {
            of(process, attempts).polled(poll(TOPIC, 1, 5), partition -> 6);
        }
        PrefetchedOutcomes next = of("c", attempts);
        next.polled(poll(TOPIC, 0, 8), PrefetchedOutcomesTest::end);
        batches.clear();

        assertThat(next.polled(poll(TOPIC, 1, 5), partition -> 6))
                .containsOnly(Map.entry(new TopicPartition(TOPIC, 1), 5L));
        assertThat(batches).isEmpty();
        next.done(0, 8);
        assertThat(next.polled(poll(TOPIC, 1, 5), partition -> 6)).isEmpty();
        assertThat(next.polled(poll(TOPIC, 0, 9), PrefetchedOutcomesTest::end))
                .containsOnly(Map.entry(new TopicPartition(TOPIC, 0), 9L));
        next.done(1, 5);
        assertThat(next.polled(poll(TOPIC, 0, 9), PrefetchedOutcomesTest::end)).isEmpty();
    }

    private PrefetchedOutcomes of(String process, FakeAttempts attempts) {
        return new PrefetchedOutcomes(TOPIC, this::answer, ClassifierListener.NONE, attempts.of(process));
    }
}
