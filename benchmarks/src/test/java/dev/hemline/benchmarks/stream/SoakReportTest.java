package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.stream.SoakReport.Sample;
import dev.hemline.benchmarks.stream.SwapsReport.NativeMemory;
import dev.hemline.benchmarks.stream.SwapsReport.SwapLatencies;
import dev.hemline.service.JsonFile;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private static final Outcomes ONE_LOST = new Outcomes(200, 1, 0);

    private static SoakReport soak(Outcomes outcomes) {
        List<Sample> samples = LongStream.rangeClosed(1, 200)
                .mapToObj(events -> new Sample(events, 1000, 40, 100, 5))
                .toList();
        return SoakReport.of(outcomes, 3, 2, samples);
    }

    @Test
    void shouldWriteTheFieldsThatScriptsKnow() {
        var memory = new NativeMemory(100, 110, 120, 0.1);
        var swaps = new SwapsReport(10, ONE_LOST, memory, SwapLatencies.of(List.of(), 1), 20);

        assertThat(JsonFile.line(soak(ONE_LOST)))
                .startsWith(
                        "{\"sent\":200,\"lost\":1,\"duplicated\":0,\"swaps\":3,\"seconds\":2.0,\"eventsPerSecond\":100.0,"
                                + "\"samples\":151,\"nativeBytes\":{\"first\":1000.0,")
                .contains(
                        "\"curve\":[{\"events\":2,\"nativeBytes\":1000,\"threads\":40,\"handles\":100,\"stateBytes\":5},");
        assertThat(JsonFile.line(swaps))
                .startsWith("{\"swaps\":10,\"sent\":200,\"lost\":1,\"duplicated\":0,"
                        + "\"nativeMemory\":{\"before\":100,\"after\":110,\"highest\":120,\"growth\":0.1},"
                        + "\"latencyMillis\":{\"aroundSwaps\":{\"results\":0,")
                .endsWith("\"seconds\":20.0}");
    }

    @Test
    void shouldFailWhereAnEventWasLostOrDoubled() {
        assertThat(soak(new Outcomes(200, 0, 0)).passed()).isTrue();
        assertThat(soak(ONE_LOST).passed()).isFalse();
        assertThat(soak(new Outcomes(200, 0, 1)).passed()).isFalse();
    }
}
