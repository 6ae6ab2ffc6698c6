package dev.hemline.insight.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.LabelledImages;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    private static final int PIXELS = 784;
    private static final int TRAIN = 300;
    private static final int TEST = 40;

    private final Random random = new Random(7);

    @Test
    void shouldFindExactlyThePairsThatComparingAllWithAllFinds() {
        // Given noise of all brightnesses, and test images at every distance from a training image
        byte[] train = noise(TRAIN);
        byte[] test = new byte[TEST * PIXELS];
        for (int image = 0; image < TEST; image++) {
            int original = random.nextInt(TRAIN);
            for (int p = 0; p < PIXELS; p++) {
                int value = (train[original * PIXELS + p] & 0xff) + random.nextInt(-image, image + 1);
                test[image * PIXELS + p] = (byte) Math.max(0, Math.min(255, value));
            }
        }

        // When
        List<NearDuplicates.Pair> found = NearDuplicates.find(images(test), images(train), 15, () -> {});

        // Then
        assertThat(found).hasSizeBetween(10, TEST - 5);
        for (int image = 0; image < TEST; image++) {
            int place = image;
            int nearest = nearest(test, image, train);
            double distance = distance(test, image, train, nearest);
            assertThat(found.stream().filter(pair -> pair.test() == place)).hasSize(distance <= 15 ? 1 : 0);
            found.stream().filter(pair -> pair.test() == place).forEach(pair -> {
                assertThat(pair.train()).isEqualTo(nearest);
                assertThat(pair.distance()).isCloseTo(distance, within(1e-6));
            });
        }
    }

    @Test
    void shouldNameTheNearestPairFirstAndTellOfEveryImage() {
        // Given a twin, a near twin and a stranger
        byte[] train = noise(3);
        byte[] test = train.clone();
        test[PIXELS + 3] ^= 0x7f;
        java.util.Arrays.fill(test, 2 * PIXELS, 3 * PIXELS, (byte) 255);
        AtomicInteger told = new AtomicInteger();

        // When
        List<NearDuplicates.Pair> found = NearDuplicates.find(images(test), images(train), 15, told::incrementAndGet);

        // Then
        assertThat(found).extracting(NearDuplicates.Pair::test).containsExactly(0, 1);
        assertThat(found.get(0).distance()).isZero();
        assertThat(told).hasValue(3);
    }

    private byte[] noise(int n) {
        byte[] pixels = new byte[n * PIXELS];
        for (int image = 0; image < n; image++) {
            int brightest = random.nextInt(40, 256);
            for (int p = 0; p < PIXELS; p++) {
                pixels[image * PIXELS + p] = (byte) random.nextInt(brightest);
            }
        }
        return pixels;
    }

    private static LabelledImages images(byte[] pixels) {
        return LabelledImages.of(pixels, new byte[pixels.length / PIXELS]);
    }

    private static int nearest(byte[] test, int image, byte[] train) {
        int nearest = 0;
        for (int other = 1; other < train.length / PIXELS; other++) {
            if (distance(test, image, train, other) < distance(test, image, train, nearest)) {
                nearest = other;
            }
        }
        return nearest;
    }

    private static double distance(byte[] a, int i, byte[] b, int j) {
        double sum = 0;
        for (int p = 0; p < PIXELS; p++) {
            double difference = (a[i * PIXELS + p] & 0xff) - (b[j * PIXELS + p] & 0xff);
            sum += difference * difference;
        }
        return Math.sqrt(sum / PIXELS);
    }
}
