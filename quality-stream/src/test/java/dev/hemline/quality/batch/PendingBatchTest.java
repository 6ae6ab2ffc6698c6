package dev.hemline.quality.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PendingBatchTest {
    private static PendingBatch batch() {
        Sums sums = Sums.none(3);
        sums.add(2, new double[] {-1, -2, -0.5});
        sums.add(2, new double[] {-3, -2, -0.25});
        sums.add(0, new double[] {-0.1, -4, -5});
        var key = new SourceRow(new ModelKey.Manifest("fashion-mnist", 12), "Lager Köln");
        return PendingBatch.of(key, 3, 0, new Batch("boot-1", 1_700_000_000_000L, sums));
    }

    @Test
    void shouldBeReadAsItWasKept() {
        PendingBatch read = PendingBatch.of(batch().toBytes()).orElseThrow();

        assertThat(read.key()).isEqualTo(batch().key());
        assertThat(read.written()).isEqualTo(batch().written());
        assertThat(read.toBytes()).isEqualTo(batch().toBytes());
    }

    @Test
    void shouldTakeWhatIsNothingOfOursForNothing() {
        byte[] kept = batch().toBytes();
        byte[] another = kept.clone();
        another[0]++;

        assertThat(PendingBatch.of(null)).isEmpty();
        assertThat(PendingBatch.of(new byte[0])).isEmpty();
        assertThat(PendingBatch.of(another)).isEmpty();
        assertThat(PendingBatch.of(Arrays.copyOf(kept, kept.length - 1))).isEmpty();
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = kept.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            assertThatCode(() -> PendingBatch.of(damaged)).doesNotThrowAnyException();
        }
    }
}
