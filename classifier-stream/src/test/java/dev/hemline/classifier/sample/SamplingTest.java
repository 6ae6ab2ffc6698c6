package dev.hemline.classifier.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.SampleLoss;
import dev.hemline.event.Classification;
import dev.hemline.event.ModelInput;
import dev.hemline.event.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final int SIDE = 256;
    private static final ModelInput GREY = new ModelInput(1, SIDE, SIDE, List.of(0f), List.of(1f), false);

    private final AtomicLong nanos = new AtomicLong();
    private final Sampling sampling = new Sampling(1, nanos::get);
    private final List<SampleLoss> losses = new ArrayList<>();
    private final ClassifierListener listener = new ClassifierListener() {
        @Override
        public void sampleLeftOut(SampleLoss why) {
            losses.add(why);
        }
    };

    private static Classification answer(String id) {
        return Classification.newBuilder()
                .setId(id)
                .setSource("shop")
                .setLabel(1)
                .setLabelName("Bag")
                .setConfidence(0.75f)
                .setProbabilities(List.of(0.25f, 0.75f))
                .setModelName("clothes")
                .setModelVersion(12)
                .setModelSha256("0123456789ab")
                .setCapturedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }

    private long takes(int events) {
        long taken = 0;
        for (int i = 0; i < events; i++) {
            Sample sample = sampling.of(answer("a-" + i), GREY, ByteBuffer.allocate(SIDE * SIDE), listener);
            taken += sample == null ? 0 : 1;
        }
        return taken;
    }

    @Test
    void shouldTakeNoneBeforeItHasBegun() {
        assertThat(sampling.has("a")).isFalse();

        sampling.begin(1 << 20);

        assertThat(sampling.has("a")).isTrue();
    }

    @Test
    void shouldTakeSoManyBytesASecondAndTellOfTheRest() {
        sampling.begin(1 << 20);

        // 64 kB each
        assertThat(takes(20)).isEqualTo(15);
        assertThat(losses).hasSize(5).containsOnly(SampleLoss.TOO_MANY);

        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(takes(20)).isBetween(7L, 8L);

        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(takes(100)).isEqualTo(31);
    }

    @Test
    void shouldLeaveOutWhatIsLargerThanItsTopicTakes() {
        sampling.begin(SIDE * SIDE);

        assertThat(takes(1)).isZero();
        assertThat(losses).containsExactly(SampleLoss.TOO_LARGE);
    }

    @Test
    void shouldKeepPixelsThatTheNextBatchDoesNotOverwrite() {
        sampling.begin(1 << 20);
        ByteBuffer batch = ByteBuffer.allocate(SIDE * SIDE).put(0, (byte) 7);

        Sample sample = Objects.requireNonNull(sampling.of(answer("a"), GREY, batch, listener));
        batch.put(0, (byte) 9);

        assertThat(sample.getPixels().get(0)).isEqualTo((byte) 7);
        assertThat(sample.getShare()).isEqualTo(1);
    }
}
