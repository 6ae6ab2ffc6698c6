package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OpenLoopSenderTest {
    private static final int IMAGE_BYTES = FashionMnist.HEIGHT * FashionMnist.WIDTH;
    private static final Schedule HUNDRED_EVENTS = new Schedule("load", 1000, Duration.ZERO, Duration.ofMillis(100));

    private final LabelledImages images = LabelledImages.of(images(0, 1, 2), new byte[3]);
    private final List<ImageEvent> sent = new ArrayList<>();

    private static byte[] images(int... shades) {
        byte[] pixels = new byte[shades.length * IMAGE_BYTES];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) shades[i / IMAGE_BYTES];
        }
        return pixels;
    }

    @Test
    void shouldSayThatAnEventWasCapturedWhenItWasDueHoweverLateItCouldGoOut() {
        // Given: whoever takes the events stands still for 80 ms after the tenth
        var sender = new OpenLoopSender(images, event -> {
            sent.add(event);
            if (sent.size() == 10) {
                busyFor(Duration.ofMillis(80));
            }
        });
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        Histogram lateness = sender.send(HUNDRED_EVENTS, start);

        assertThat(sent).hasSize(100);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i).getCapturedAt()).isEqualTo(start.plusMillis(i));
        }
        // The eleventh was due 1 ms after the tenth, and every one up to the 90th had to wait for the rest.
        assertThat(lateness.getMaxValue()).isGreaterThanOrEqualTo(78_000);
        assertThat(lateness.getCountBetweenValues(35_000, Long.MAX_VALUE)).isGreaterThanOrEqualTo(40);
    }

    @Test
    void shouldNotSendAnEventBeforeItIsDue() {
        List<Instant> gone = new ArrayList<>();
        var sender = new OpenLoopSender(images, event -> {
            sent.add(event);
            gone.add(Instant.now());
        });

        sender.send(HUNDRED_EVENTS, Instant.now().plusMillis(20));

        for (int i = 0; i < sent.size(); i++) {
            // Two clocks are read one after the other, so they may be a little apart.
            assertThat(gone.get(i)).isAfter(sent.get(i).getCapturedAt().minusMillis(2));
        }
    }

    @Test
    void shouldShowOneImageAfterTheOtherAndBeginAgain() {
        new OpenLoopSender(images, sent::add).send(HUNDRED_EVENTS, Instant.now());

        assertThat(sent.subList(0, 5))
                .extracting(event -> (int) event.getContent().get(0))
                .containsExactly(0, 1, 2, 0, 1);
        assertThat(sent).extracting(ImageEvent::getId).startsWith("load-00000000", "load-00000001");
    }

    private static void busyFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
