package dev.hemline.classifier.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.accuracy.AllTallies.Found;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AllTalliesTest {
    private static final Span HOUR = Span.lastMinutes(60, Instant.parse("2026-03-01T12:00:30Z"));
    private static final Tallies ONE = new Tallies(Map.of("m/v000001/9/7", 1L), Map.of());
    private static final Tallies TWO = new Tallies(Map.of("m/v000001/9/7", 2L), Map.of());

    private static TallySource instance(String name, Map<Integer, Tallies> partitions) {
        return new Instance(name, CompletableFuture.completedFuture(partitions));
    }

    private static TallySource unreachable(String name) {
        return new Instance(name, CompletableFuture.failedFuture(new IOException("connection refused")));
    }

    private record Instance(String name, CompletableFuture<Map<Integer, Tallies>> answer) implements TallySource {
        @Override
        public CompletableFuture<Map<Integer, Tallies>> tallies(Span recent) {
            return answer;
        }
    }

    @Test
    void shouldPutThePartitionsOfAllInstancesTogether() {
        var all = new AllTallies(
                3, () -> List.of(instance("a", Map.of(0, ONE, 2, TWO)), instance("b", Map.of(1, ONE))), Duration.ZERO);

        Found found = all.ask(HOUR);

        assertThat(found.partitions()).isEqualTo(Map.of(0, ONE, 1, ONE, 2, TWO));
        assertThat(found.missing()).isEmpty();
    }

    @Test
    void shouldTakeAPartitionOnceThatTwoTellOfWhileItMoves() {
        var all = new AllTallies(
                1, () -> List.of(instance("a", Map.of(0, ONE)), instance("b", Map.of(0, TWO))), Duration.ZERO);

        assertThat(all.ask(HOUR).partitions()).isEqualTo(Map.of(0, ONE));
    }

    @Test
    void shouldSayWhichPartitionsAreMissingAndWhoCouldNotBeAsked() {
        var all = new AllTallies(
                3, () -> List.of(instance("a", Map.of(1, ONE)), unreachable("b:9401")), Duration.ofMillis(50));

        Found found = all.ask(HOUR);

        assertThat(found.missing()).containsExactly(0, 2);
        assertThat(found.unreachable()).isEqualTo(Map.of("b:9401", "connection refused"));
    }

    @Test
    void shouldAskAgainForWhatIsOnTheMove() {
        Queue<List<TallySource>> moments = new ArrayDeque<>(List.of(
                List.of(instance("a", Map.of(0, ONE)), unreachable("b:9401")),
                List.of(instance("a", Map.of(0, TWO, 1, ONE)))));
        var all = new AllTallies(2, moments::remove, Duration.ofSeconds(30));

        Found found = all.ask(HOUR);

        assertThat(found.missing()).isEmpty();
        assertThat(found.partitions()).isEqualTo(Map.of(0, ONE, 1, ONE));
    }
}
