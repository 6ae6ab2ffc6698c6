package dev.hemline.quality.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quality.accuracy.AllCounts.Found;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AllCountsTest {
    private static final Span HOUR = Span.lastMinutes(60, Instant.parse("2026-03-01T12:00:30Z"));
    private static final PartitionCounts ONE = new PartitionCounts(Map.of("m/v000001/9/7", 1L), Map.of());
    private static final PartitionCounts TWO = new PartitionCounts(Map.of("m/v000001/9/7", 2L), Map.of());

    private static CountSource instance(String name, Map<Integer, PartitionCounts> partitions) {
        return new Instance(name, CompletableFuture.completedFuture(partitions));
    }

    private static CountSource unreachable(String name) {
        return new Instance(name, CompletableFuture.failedFuture(new IOException("connection refused")));
    }

    private record Instance(String name, CompletableFuture<Map<Integer, PartitionCounts>> answer)
            implements CountSource {
        @Override
        public CompletableFuture<Map<Integer, PartitionCounts>> counts(Span recent) {
            return answer;
        }
    }

    @Test
    void shouldPutThePartitionsOfAllInstancesTogether() {
        var all = new AllCounts(
                3, () -> List.of(instance("a", Map.of(0, ONE, 2, TWO)), instance("b", Map.of(1, ONE))), Duration.ZERO);

        Found found = all.ask(HOUR);

        assertThat(found.partitions()).isEqualTo(Map.of(0, ONE, 1, ONE, 2, TWO));
        assertThat(found.missing()).isEmpty();
    }

    @Test
    void shouldTakeAPartitionOnceThatTwoTellOfWhileItMoves() {
        var all = new AllCounts(
                1, () -> List.of(instance("a", Map.of(0, ONE)), instance("b", Map.of(0, TWO))), Duration.ZERO);

        assertThat(all.ask(HOUR).partitions()).isEqualTo(Map.of(0, ONE));
    }

    @Test
    void shouldSayWhichPartitionsAreMissingAndWhoCouldNotBeAsked() {
        var all = new AllCounts(
                3, () -> List.of(instance("a", Map.of(1, ONE)), unreachable("b:9401")), Duration.ofMillis(50));

        Found found = all.ask(HOUR);

        assertThat(found.missing()).containsExactly(0, 2);
        assertThat(found.unreachable()).isEqualTo(Map.of("b:9401", "connection refused"));
    }

    @Test
    void shouldAskAgainForWhatIsOnTheMove() {
        Queue<List<CountSource>> moments = new ArrayDeque<>(List.of(
                List.of(instance("a", Map.of(0, ONE)), unreachable("b:9401")),
                List.of(instance("a", Map.of(0, TWO, 1, ONE)))));
        var all = new AllCounts(2, moments::remove, Duration.ofSeconds(30));

        Found found = all.ask(HOUR);

        assertThat(found.missing()).isEmpty();
        assertThat(found.partitions()).isEqualTo(Map.of(0, ONE, 1, ONE));
    }
}
