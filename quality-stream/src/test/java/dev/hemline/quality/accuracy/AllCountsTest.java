package dev.hemline.quality.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quality.accuracy.AllCounts.Asked;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AllCountsTest {
    private static final PartitionCounts ONE =
            new PartitionCounts(Map.of("m/v000001/9/7", 1L), Map.of(), Map.of(), Map.of());
    private static final PartitionCounts TWO =
            new PartitionCounts(Map.of("m/v000001/9/7", 2L), Map.of(), Map.of(), Map.of());

    private static Asked instance(String name, Map<Integer, PartitionCounts> partitions) {
        return new Asked(name, CompletableFuture.completedFuture(partitions));
    }

    private static Asked unreachable(String name) {
        return new Asked(name, CompletableFuture.failedFuture(new IOException("connection refused")));
    }

    @Test
    void shouldPutThePartitionsOfAllInstancesTogether() {
        var all = AllCounts.of(
                3, () -> List.of(instance("a", Map.of(0, ONE, 2, TWO)), instance("b", Map.of(1, ONE))), Duration.ZERO);

        assertThat(all.partitions()).isEqualTo(Map.of(0, ONE, 1, ONE, 2, TWO));
        assertThat(all.missing()).isEmpty();
    }

    @Test
    void shouldTakeAPartitionOnceThatTwoTellOfWhileItMoves() {
        var all = AllCounts.of(
                1, () -> List.of(instance("a", Map.of(0, ONE)), instance("b", Map.of(0, TWO))), Duration.ZERO);

        assertThat(all.partitions()).isEqualTo(Map.of(0, ONE));
    }

    @Test
    void shouldSayWhichPartitionsAreMissingAndWhoCouldNotBeAsked() {
        var all = AllCounts.of(
                3, () -> List.of(instance("a", Map.of(1, ONE)), unreachable("b:9401")), Duration.ofMillis(50));

        assertThat(all.missing()).containsExactly(0, 2);
        assertThat(all.unreachable()).isEqualTo(Map.of("b:9401", "connection refused"));
    }

    @Test
    void shouldAskAgainForWhatIsOnTheMove() {
        Queue<List<Asked>> moments = new ArrayDeque<>(List.of(
                List.of(instance("a", Map.of(0, ONE)), unreachable("b:9401")),
                List.of(instance("a", Map.of(0, TWO, 1, ONE)))));
        var all = AllCounts.of(2, moments::remove, Duration.ofSeconds(30));

        assertThat(all.missing()).isEmpty();
        assertThat(all.partitions()).isEqualTo(Map.of(0, ONE, 1, ONE));
    }
}
