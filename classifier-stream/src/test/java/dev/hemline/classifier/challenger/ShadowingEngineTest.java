package dev.hemline.classifier.challenger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.outcome.Outcome.Skipped;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes.Engine;
import dev.hemline.topic.EventNames;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ShadowingEngineTest {
    private static final EventShare HALF = new EventShare("test", 0.5);
    private static final Outcome ANSWER = new Rejected(Rejection.MISSING_ID, "answered", Exception.class, null);

    private final List<String> asked = new ArrayList<>();
    private final Set<String> notYetReadable = new HashSet<>();
    private final List<String> done = new ArrayList<>();
    private boolean challenges = true;

    /** Whose events are called as their values say, and which takes nothing behind one that cannot be read yet. */
    private final Engine answering = new Engine() {
        @Override
        public List<Optional<CompletableFuture<Outcome>>> submit(List<ConsumerRecord<byte[], byte[]>> events) {
            Set<Integer> behind = new HashSet<>();
            List<Optional<CompletableFuture<Outcome>>> outcomes = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> event : events) {
                asked.add(id(event));
                if (notYetReadable.contains(id(event))) {
                    behind.add(event.partition());
                }
                outcomes.add(
                        behind.contains(event.partition())
                                ? Optional.empty()
                                : Optional.of(CompletableFuture.completedFuture(ANSWER)));
            }
            return outcomes;
        }

        @Override
        public boolean canRead(ConsumerRecord<byte[], byte[]> event) {
            return !notYetReadable.contains(id(event));
        }

        @Override
        public void done(ConsumerRecord<byte[], byte[]> event) {
            done.add(id(event));
        }

        @Override
        public EventNames names(ConsumerRecord<byte[], byte[]> event) {
            return canRead(event) && !id(event).equals("broken")
                    ? new EventNames(Optional.of(id(event)), "")
                    : EventNames.NONE;
        }
    };

    private final ShadowingEngine engine = new ShadowingEngine(answering, HALF, () -> challenges);

    private static String id(ConsumerRecord<byte[], byte[]> event) {
        return new String(event.value(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> event(int partition, String id) {
        return new ConsumerRecord<>("images", partition, 0, null, id.getBytes(UTF_8));
    }

    private List<Optional<Outcome>> submit(List<ConsumerRecord<byte[], byte[]>> events) {
        return engine.submit(events).stream()
                .map(outcome -> outcome.map(CompletableFuture::join))
                .toList();
    }

    private static String one(boolean inShare) {
        return IntStream.range(0, 100)
                .mapToObj(i -> "event-" + i)
                .filter(id -> HALF.has(id) == inShare)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldAskAboutItsShareAlone() {
        List<ConsumerRecord<byte[], byte[]>> events =
                IntStream.range(0, 50).mapToObj(i -> event(0, "event-" + i)).toList();

        List<Optional<Outcome>> outcomes = submit(events);

        assertThat(outcomes).hasSize(50);
        for (int i = 0; i < events.size(); i++) {
            assertThat(outcomes.get(i).orElseThrow()).isEqualTo(HALF.has(id(events.get(i))) ? ANSWER : new Skipped());
        }
        assertThat(asked).hasSizeBetween(15, 35).allMatch(HALF::has);
    }

    @Test
    void shouldSkipAllWhileThereIsNothingToTry() {
        challenges = false;

        assertThat(submit(List.of(event(0, one(true)), event(0, one(false))))).containsOnly(Optional.of(new Skipped()));
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldLeaveItToTheEngineWhatIsNoEvent() {
        assertThat(submit(List.of(event(0, "broken")))).containsExactly(Optional.of(ANSWER));
    }

    @Test
    void shouldLetGoOfWhatWasFetchedForAnEventThatIsSkipped() {
        submit(List.of(event(0, one(true)), event(0, one(false))));

        assertThat(done).containsExactly(one(false));
    }

    @Test
    void shouldTakeNothingBehindAnEventThatCannotBeReadYet() {
        notYetReadable.add("later");

        List<Optional<Outcome>> outcomes =
                submit(List.of(event(0, "later"), event(0, one(false)), event(0, one(true)), event(1, one(false))));

        assertThat(outcomes)
                .containsExactly(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new Skipped()));
    }
}
