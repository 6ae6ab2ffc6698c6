package dev.hemline.classifier.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.quarantine.Quarantine.UnderWay;
import dev.hemline.event.EventAttempts;
import dev.hemline.event.Suspect;
import dev.hemline.topic.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class QuarantineTest {
    private static final String TOPIC = "image-events";
    /** So many events are there. */
    private static final int END = 60;

    private final FakeAttempts topic = new FakeAttempts();
    private final Set<Integer> tried = new HashSet<>();
    private int readableTo = Integer.MAX_VALUE;
    private final UnderWay underWay = new UnderWay() {
        @Override
        public boolean of(int partition) {
            return tried.contains(partition);
        }

        @Override
        public boolean anything() {
            return !tried.isEmpty();
        }

        @Override
        public boolean isReadable(ConsumerRecord<byte[], byte[]> event) {
            return event.offset() < readableTo;
        }
    };

    private int admit(Quarantine quarantine, int partition, int from) {
        return quarantine.admit(events(partition, from), () -> END, underWay);
    }

    private static List<ConsumerRecord<byte[], byte[]>> events(int partition, int from) {
        return IntStream.range(from, END)
                .mapToObj(offset -> event(partition, offset, offset))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> event(int partition, int offset, int value) {
        return new ConsumerRecord<>(TOPIC, partition, offset, null, new byte[] {(byte) value});
    }

    /** A process that takes the partition and does events until it dies of one. */
    private Quarantine dieOf(String process, int partition, int from, int poison) {
        Quarantine quarantine = topic.of(process);
        for (int at = from; at <= poison; ) {
            int admitted = admit(quarantine, partition, at);
            assertThat(admitted).isPositive();
            assertThat(isPoison(quarantine, partition, at)).isFalse();
            at += admitted;
        }
        return quarantine;
    }

    private static boolean isPoison(Quarantine quarantine, int partition, int offset) {
        return quarantine
                .verdict(event(partition, offset, offset))
                .filter(rejected -> rejected.reason() == Rejection.POISON)
                .isPresent();
    }

    @Test
    void shouldWriteNothingButWhoHoldsWhatAfterCleanEnds() {
        Quarantine first = topic.of("a");
        assertThat(admit(first, 0, 5)).isEqualTo(END - 5);
        assertThat(admit(first, 0, 6)).isEqualTo(END - 6);
        first.release(0);

        assertThat(admit(topic.of("b"), 0, 7)).isEqualTo(END - 7);

        assertThat(topic.written).extracting(EventAttempts::getHeld).containsExactly(true, false, true);
    }

    @Test
    void shouldTryAFewAtATimeWhatIsThereAfterAnUncleanEnd() {
        admit(topic.of("a"), 0, 5);
        Quarantine next = topic.of("b");

        assertThat(admit(next, 0, 7)).isEqualTo(Suspects.ANNOUNCED);

        assertThat(topic.last().getSuspects()).extracting(Suspect::getOffset).containsExactly(7L, 8L, 9L, 10L);
        tried.add(0);
        assertThat(admit(next, 0, 11)).isZero();
        tried.clear();
        assertThat(admit(next, 0, 11)).isEqualTo(Suspects.ANNOUNCED);
        assertThat(next.uncleanEnds()).isEqualTo(1);
    }

    @Test
    void shouldNotAnnounceWhatCannotBeReadYet() {
        // Given: the schema of event 7 and those behind it is being fetched, and process after process ends meanwhile
        readableTo = 7;
        admit(topic.of("a"), 0, 5);
        assertThat(admit(topic.of("b"), 0, 5)).isEqualTo(2);
        int written = topic.written.size();
        for (String process : List.of("c", "d", "e")) {
            Quarantine waiting = topic.of(process);
            assertThat(admit(waiting, 0, 7)).isZero();
            assertThat(admit(waiting, 0, 7)).isZero();
        }

        assertThat(topic.written).hasSize(written + 3);
        readableTo = Integer.MAX_VALUE;
        assertThat(admit(topic.of("f"), 0, 7)).isEqualTo(Suspects.ANNOUNCED);
    }

    @Test
    void shouldWriteNothingAnyMoreBehindWhatWasThere() {
        admit(topic.of("a"), 0, 5);
        Quarantine next = topic.of("b");
        for (int at = 5; at < END; ) {
            at += admit(next, 0, at);
        }
        List<ConsumerRecord<byte[], byte[]>> later = List.of(event(0, END, 0), event(0, END + 1, 0));

        assertThat(next.admit(later, () -> END + 2, underWay)).isEqualTo(2);

        assertThat(topic.last().getSuspects()).isEmpty();
        int written = topic.written.size();
        next.admit(later, () -> END + 2, underWay);
        assertThat(topic.written).hasSize(written);
    }

    @Test
    void shouldPutAsideWhatEndedThreeProcesses() {
        // Given: it was among many, then among those announced, then alone
        admit(topic.of("a"), 0, 5);
        dieOf("b", 0, 5, 30);
        dieOf("c", 0, 21, 30);
        assertThat(topic.last().getSuspects().stream().filter(Suspect::getTrying))
                .extracting(Suspect::getOffset)
                .containsExactly(30L);

        Quarantine last = topic.of("d");

        assertThat(admit(last, 0, 30)).isEqualTo(1);
        assertThat(isPoison(last, 0, 30)).isTrue();
        assertThat(admit(last, 0, 31)).isEqualTo(1);
        assertThat(isPoison(last, 0, 31)).isFalse();
    }

    @Test
    void shouldPutAsideOneThatIsAloneOnItsTopic() {
        List<ConsumerRecord<byte[], byte[]>> only = List.of(event(0, 3, 3));
        for (String process : List.of("a", "b", "c")) {
            Quarantine quarantine = topic.of(process);
            assertThat(quarantine.admit(only, () -> 4, underWay)).isEqualTo(1);
            assertThat(isPoison(quarantine, 0, 3)).isFalse();
        }

        Quarantine last = topic.of("d");
        last.admit(only, () -> 4, underWay);

        assertThat(isPoison(last, 0, 3)).isTrue();
    }

    @Test
    void shouldNotPutAsideAnInnocentEventAtWhichSomebodyKilledAProcess() {
        // Given: processes that are killed again and again, not at the same event
        admit(topic.of("a"), 0, 5);
        dieOf("b", 0, 5, 5);
        dieOf("c", 0, 5, 8);
        dieOf("d", 0, 8 + 1, 12);

        Quarantine last = topic.of("e");

        for (int at = 13; at < END; ) {
            int admitted = admit(last, 0, at);
            assertThat(isPoison(last, 0, at)).isFalse();
            at += admitted;
        }
    }

    /** The reckoning of docs/poison.md, one kill in 270; 76 of 20,000 were seen. */
    @Test
    void shouldPutAsideFewInnocentEventsWhereSomebodyKillsAtRandom() {
        int announcement = 5;
        int alone = 15;
        var random = new Random(7);
        int innocent = 0;
        int position = 0;
        for (int kill = 0; kill < 500; kill++) {
            Quarantine quarantine = topic.of("process-" + kill);
            int end = position + Suspects.UNDER_WAY;
            int at = position;
            topic.written.clear();
            int killed = random.nextInt(10_000);
            for (int now = 0, committed = 0; now < killed && at < end; now += isAlone() ? alone : announcement) {
                if (now - committed >= 100) {
                    position = at;
                    committed = now;
                }
                int polledTo = Math.min(end, at + 2 * Suspects.ANNOUNCED);
                List<ConsumerRecord<byte[], byte[]>> polled = IntStream.range(at, polledTo)
                        .mapToObj(offset -> event(0, offset, offset))
                        .toList();
                at += quarantine.admit(polled, () -> end, underWay);
                if (quarantine.verdict(polled.get(0)).isPresent()) {
                    innocent++;
                }
            }
            if (at == end) {
                position = end;
            }
        }

        assertThat(innocent).isLessThanOrEqualTo(5);
    }

    private boolean isAlone() {
        return topic.last().getSuspects().stream().anyMatch(suspect -> suspect.getTrying() && suspect.getDeaths() > 0);
    }

    @Test
    void shouldTryOnlyOneSuspectOfAllPartitionsAtATime() {
        admit(topic.of("a"), 0, 5);
        admit(topic.of("a"), 1, 5);
        Quarantine b = topic.of("b");
        admit(b, 0, 5);
        admit(b, 1, 5);
        Quarantine c = topic.of("c");
        assertThat(admit(c, 0, 5)).isEqualTo(1);

        assertThat(admit(c, 1, 5)).isZero();

        c.done(0);
        assertThat(admit(c, 1, 5)).isEqualTo(1);
        assertThat(admit(c, 0, 6)).isZero();
    }

    @Test
    void shouldNotBlameASuspectThatWasAnsweredForTheEndByTheNextOne() {
        // Given: suspects of two partitions, and the first of them is answered and not committed yet
        admit(topic.of("a"), 0, 5);
        admit(topic.of("a"), 1, 5);
        Quarantine b = topic.of("b");
        admit(b, 0, 5);
        admit(b, 1, 5);
        Quarantine c = topic.of("c");
        assertThat(admit(c, 0, 5)).isEqualTo(1);
        c.done(0);

        // When: the second ends the process
        assertThat(admit(c, 1, 5)).isEqualTo(1);

        Quarantine d = topic.of("d");
        admit(d, 0, 5);
        admit(d, 1, 5);
        assertThat(isPoison(d, 0, 5)).isFalse();
        assertThat(isPoison(d, 1, 5)).isTrue();
    }

    @Test
    void shouldNotMeanAnotherEventAtThatOffset() {
        admit(topic.of("a"), 0, 5);
        dieOf("b", 0, 5, 5);
        dieOf("c", 0, 5, 5);
        Quarantine last = topic.of("d");
        admit(last, 0, 5);

        assertThat(isPoison(last, 0, 5)).isTrue();
        assertThat(last.verdict(event(0, 5, 77))).isEmpty();
    }

    @Test
    void shouldLeaveTheRestAndItsSuspectsToTheNextAfterACleanEnd() {
        admit(topic.of("a"), 0, 5);
        dieOf("b", 0, 5, 7);
        Quarantine c = topic.of("c");
        admit(c, 0, 5);
        c.release(0);

        dieOf("d", 0, 6, 7);

        Quarantine last = topic.of("e");
        admit(last, 0, 7);
        assertThat(isPoison(last, 0, 7)).isTrue();
    }

    @Test
    void shouldNotListenToAProcessThatWasFrozen() {
        Quarantine frozen = topic.of("frozen");
        admit(frozen, 0, 5);
        admit(topic.of("next"), 0, 5);

        frozen.release(0);

        Quarantine third = topic.of("third");
        assertThat(admit(third, 0, 5)).isEqualTo(1);
        assertThat(third.uncleanEnds()).isEqualTo(2);
    }

    @Test
    void shouldTellTheNextProcessThatThisOneEndsByItselfOverAnEvent() {
        Quarantine quarantine = topic.of("a");
        admit(quarantine, 0, 5);

        quarantine.processEnds();

        assertThat(admit(quarantine, 1, 3)).isZero();
        quarantine.release(0);
        Quarantine next = topic.of("b");
        assertThat(admit(next, 0, 5)).isEqualTo(Suspects.ANNOUNCED);
        assertThat(next.uncleanEnds()).isEqualTo(1);
    }

    @Test
    void shouldFindOneThatIsFarBehindWhatWasCommitted() {
        int end = 4 * Suspects.UNDER_WAY;
        int poison = 2 * Suspects.UNDER_WAY + 7;
        for (int process = 0; process < 6; process++) {
            Quarantine quarantine = topic.of("process-" + process);
            for (int at = 0; at <= poison; ) {
                List<ConsumerRecord<byte[], byte[]>> polled = IntStream.range(at, Math.min(end, at + 100))
                        .mapToObj(offset -> event(0, offset, offset))
                        .toList();
                at += quarantine.admit(polled, () -> end, underWay);
                if (at > poison && quarantine.verdict(event(0, poison, poison)).isPresent()) {
                    return;
                }
            }
        }
        throw new AssertionError("Not found");
    }

    @Test
    void shouldForgetWhatIsBehind() {
        admit(topic.of("a"), 0, 5);
        dieOf("b", 0, 5, 7);

        assertThat(admit(topic.of("c"), 0, 30)).isEqualTo(Suspects.ANNOUNCED);

        assertThat(topic.last().getSuspects()).allMatch(suspect -> suspect.getDeaths() == 0);
    }

    @Test
    void shouldCountUncleanEndsThatComeSoonOneAfterAnotherAlsoWithCleanOnesInBetween() {
        admit(topic.of("a"), 0, 5);
        admit(topic.of("b"), 0, 5);
        Quarantine between = topic.of("between");
        admit(between, 0, 5);
        between.release(0);
        admit(topic.of("c"), 0, 5);
        Quarantine loop = topic.of("d");
        admit(loop, 0, 5);
        assertThat(loop.uncleanEnds()).isEqualTo(3);

        topic.now = topic.now.plus(Suspects.LOOP).plus(Duration.ofSeconds(1));

        assertThat(loop.uncleanEnds()).isZero();
        Quarantine later = topic.of("e");
        admit(later, 0, 5);
        assertThat(later.uncleanEnds()).isEqualTo(1);
    }

    @Test
    void shouldTryNothingWhileBrokersDoNotAnswer() {
        Quarantine quarantine = topic.of("a");
        topic.failure = new TimeoutException("away");

        assertThat(admit(quarantine, 0, 5)).isZero();

        topic.failure = null;
        assertThat(admit(quarantine, 0, 5)).isEqualTo(END - 5);
    }

    @Test
    void shouldGoOnWithoutWhereItMayNot() {
        Quarantine quarantine = topic.of("a");
        topic.failure = new TopicAuthorizationException("not yours");

        assertThat(admit(quarantine, 0, 5)).isEqualTo(END - 5);

        assertThat(quarantine.remark())
                .hasValueSatisfying(why -> assertThat(why).contains("not yours"));
        quarantine.release(0);
        assertThat(topic.written).isEmpty();
    }

    @Test
    void shouldGoOnWithoutWhenARightIsTakenAwayInTheMiddle() {
        admit(topic.of("a"), 0, 5);
        Quarantine quarantine = topic.of("b");
        assertThat(admit(quarantine, 0, 5)).isEqualTo(Suspects.ANNOUNCED);
        topic.failure = new TopicAuthorizationException("not yours");

        assertThat(admit(quarantine, 0, 9)).isEqualTo(END - 9);

        assertThat(quarantine.remark())
                .hasValueSatisfying(why -> assertThat(why).contains("not yours"));
    }

    @Test
    void shouldAnnounceNothingElseWhileASuspectIsTriedAlone() {
        admit(topic.of("a"), 0, 5);
        admit(topic.of("other"), 1, 5);
        admit(topic.of("b"), 0, 5);
        Quarantine c = topic.of("c");
        assertThat(admit(c, 0, 5)).isEqualTo(1);

        assertThat(admit(c, 1, 5)).isZero();
        assertThat(admit(c, 2, 5)).isZero();
    }

    @Test
    void shouldNotBeStoppedByARecordThatNobodyShouldHaveWritten() {
        topic.send(
                0,
                new EventAttempts(
                        7L,
                        "",
                        true,
                        Integer.MAX_VALUE,
                        Instant.ofEpochMilli(Long.MAX_VALUE),
                        Long.MAX_VALUE,
                        List.of(
                                new Suspect(Long.MAX_VALUE, -1L, Integer.MAX_VALUE, true),
                                new Suspect(6L, -1L, Integer.MIN_VALUE, true))));
        Quarantine quarantine = topic.of("a");

        for (int at = 5; at < END; ) {
            int admitted = admit(quarantine, 0, at);
            assertThat(admitted).isPositive();
            assertThat(isPoison(quarantine, 0, at)).isFalse();
            at += admitted;
        }
        assertThat(quarantine.uncleanEnds()).isPositive();
    }
}
