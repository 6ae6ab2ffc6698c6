package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.stream.SwapsReport.Result;
import dev.hemline.benchmarks.stream.SwapsReport.SwapLatencies;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapLatenciesTest {

    @Test
    void shouldTellResultsNearASwapFromTheOthersAndLeaveTheWarmUpOut() {
        // Given: version 1 is warm-up; version 2 answers first at 10 s, version 3 at 20 s
        List<Result> results = List.of(
                new Result(1, 9_900, 5_000),
                new Result(2, 10_000, 40),
                new Result(2, 10_500, 30),
                new Result(2, 10_501, 3),
                new Result(2, 19_499, 4),
                new Result(2, 19_500, 20),
                new Result(3, 20_000, 10),
                new Result(3, 25_000, 5));

        SwapLatencies latencies = SwapLatencies.of(results, 1);

        assertThat(latencies.aroundSwaps()).isEqualTo(new SwapsReport.Latency(4, 20, 40, 40));
        assertThat(latencies.steady()).isEqualTo(new SwapsReport.Latency(3, 4, 5, 5));
    }
}
