package dev.hemline.classifier.prefetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class UntakenTest {
    private static final TopicPartition P0 = new TopicPartition("images", 0);
    private static final TopicPartition P1 = new TopicPartition("images", 1);
    private static final TopicPartition P2 = new TopicPartition("images", 2);

    private final Untaken untaken = new Untaken();

    private static ConsumerRecords<byte[], byte[]> poll(Map<TopicPartition, List<Integer>> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        polled.forEach((from, offsets) -> {
            for (int offset : offsets) {
                records.computeIfAbsent(from, none -> new ArrayList<>())
                        .add(new ConsumerRecord<>(from.topic(), from.partition(), offset, null, new byte[0]));
                next.put(from, new OffsetAndMetadata(offset + 1));
            }
        });
        return new ConsumerRecords<>(records, next);
    }

    private static List<String> places(ConsumerRecords<byte[], byte[]> records) {
        List<String> places = new ArrayList<>();
        records.forEach(record -> places.add(record.partition() + "@" + record.offset()));
        return places;
    }

    @Test
    void shouldGiveWhatIsBeforeWhatIsLeft() {
        ConsumerRecords<byte[], byte[]> polled = poll(Map.of(P0, List.of(5, 6, 7), P1, List.of(1, 2), P2, List.of(9)));

        ConsumerRecords<byte[], byte[]> taken = untaken.keep(polled, Map.of(P0, 6L, P1, 1L));

        assertThat(places(taken)).containsExactlyInAnyOrder("0@5", "2@9");
        assertThat(taken.partitions()).containsExactlyInAnyOrder(P0, P2);
        assertThat(taken.nextOffsets())
                .containsEntry(P0, new OffsetAndMetadata(6))
                .containsEntry(P1, new OffsetAndMetadata(1))
                .containsEntry(P2, new OffsetAndMetadata(10));
        assertThat(untaken.partitions()).containsExactlyInAnyOrder(P0, P1);
        assertThat(untaken.position(P0)).hasValue(6);
        assertThat(untaken.position(P2)).isEmpty();
    }

    @Test
    void shouldShowWhatWasLeftBeforeWhatWasPolledSince() {
        untaken.keep(poll(Map.of(P0, List.of(5, 6, 7))), Map.of(P0, 6L));

        ConsumerRecords<byte[], byte[]> next = untaken.before(poll(Map.of(P0, List.of(8), P1, List.of(1))), Set.of());

        assertThat(places(next)).containsExactlyInAnyOrder("0@6", "0@7", "0@8", "1@1");
        assertThat(next.records(P0)).extracting(ConsumerRecord::offset).containsExactly(6L, 7L, 8L);
        assertThat(next.nextOffsets()).containsEntry(P0, new OffsetAndMetadata(9));
        assertThat(untaken.partitions()).isEmpty();
    }

    @Test
    void shouldGoOnBehindAGapOnceAllIsTaken() {
        ConsumerRecords<byte[], byte[]> polled = new ConsumerRecords<>(
                Map.of(P0, poll(Map.of(P0, List.of(5, 6))).records(P0)), Map.of(P0, new OffsetAndMetadata(12)));
        untaken.keep(polled, Map.of(P0, 6L));

        ConsumerRecords<byte[], byte[]> rest = untaken.before(poll(Map.of()), Set.of());

        assertThat(untaken.keep(rest, Map.of()).nextOffsets()).containsEntry(P0, new OffsetAndMetadata(12));
    }

    @Test
    void shouldKeepTheRestOfAPausedPartition() {
        untaken.keep(poll(Map.of(P0, List.of(5), P1, List.of(1))), Map.of(P0, 5L, P1, 1L));

        assertThat(places(untaken.before(poll(Map.of()), Set.of(P0)))).containsExactly("1@1");
        assertThat(places(untaken.before(poll(Map.of()), Set.of()))).containsExactly("0@5");
    }

    @Test
    void shouldShowAgainAndAgainWhatIsNotTaken() {
        ConsumerRecords<byte[], byte[]> offered = poll(Map.of(P0, List.of(5, 6), P1, List.of(1)));
        for (int i = 0; i < 3; i++) {
            assertThat(untaken.keep(offered, Untaken.beginnings(offered))).isEmpty();
            offered = untaken.before(poll(Map.of()), Set.of());
        }

        assertThat(places(offered)).containsExactlyInAnyOrder("0@5", "0@6", "1@1");
    }

    @Test
    void shouldDropWhatIsReadElsewhereFromNowOn() {
        untaken.keep(poll(Map.of(P0, List.of(5), P1, List.of(1))), Map.of(P0, 5L, P1, 1L));

        untaken.drop(List.of(P0));

        assertThat(places(untaken.before(poll(Map.of()), Set.of()))).containsExactly("1@1");
    }

    @Test
    void shouldKnowHowMuchItKeeps() {
        var large = new ConsumerRecord<>(
                "images",
                0,
                5,
                0,
                TimestampType.CREATE_TIME,
                3,
                1_000,
                new byte[3],
                new byte[1_000],
                new RecordHeaders(),
                Optional.empty());
        untaken.keep(
                new ConsumerRecords<>(Map.of(P0, List.of(large)), Map.of(P0, new OffsetAndMetadata(6))),
                Map.of(P0, 5L));

        assertThat(untaken.bytes()).isEqualTo(1_003);
    }
}
