package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hemline.benchmarks.stream.SwapsReport.NativeMemory;
import dev.hemline.benchmarks.stream.SwapsReport.NativeMemory.Sample;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final Instant T0 = Instant.ofEpochSecond(1_000);

    private static Sample sample(int second, long bytes) {
        return new Sample(T0.plusSeconds(second), bytes);
    }

    @Test
    void shouldCompareMediansSoThatALoadInProgressDoesNotCount() {
        List<Sample> samples = List.of(
                sample(1, 100), sample(2, 900), sample(3, 100), sample(11, 110), sample(12, 110), sample(13, 800));

        NativeMemory memory = NativeMemory.of(samples, T0, T0.plusSeconds(3), T0.plusSeconds(10), T0.plusSeconds(13));

        assertThat(memory.before()).isEqualTo(100);
        assertThat(memory.after()).isEqualTo(110);
        assertThat(memory.highest()).isEqualTo(900);
        assertThat(memory.growth()).isCloseTo(0.1, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void shouldRefuseToCompareASpanWithoutASample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeMemory.of(
                        List.of(sample(1, 100)), T0, T0.plusSeconds(2), T0.plusSeconds(3), T0.plusSeconds(4)));
    }
}
