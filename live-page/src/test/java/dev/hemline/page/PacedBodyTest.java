package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.page.PacedBody.TooSlowException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedBodyTest {
    private final AtomicLong now = new AtomicLong();

    /** A body of which a number of bytes arrive at a time, and so long after another. */
    private PacedBody arriving(int size, int atATime, Duration pause) {
        InputStream slow = new ByteArrayInputStream(new byte[size]) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                now.addAndGet(length == 0 ? 0 : pause.toNanos());
                return super.read(buffer, offset, Math.min(length, atATime));
            }
        };
        return new PacedBody(slow, now::get);
    }

    @Test
    void shouldTakeAPictureOverABadLine() throws IOException {
        assertThat(arriving(1 << 20, 4_096, Duration.ofMillis(200)).readAllBytes())
                .hasSize(1 << 20);
    }

    @Test
    void shouldTakeASmallOneAfterAMomentOfSilence() throws IOException {
        assertThat(arriving(100, 100, Duration.ofSeconds(4)).readNBytes(100)).hasSize(100);
    }

    @Test
    void shouldGiveUpOnWhoSendsAByteNowAndThen() {
        PacedBody body = arriving(1_000, 1, Duration.ofSeconds(2));

        assertThatThrownBy(() -> body.readNBytes(1_000))
                .isInstanceOf(TooSlowException.class)
                .hasMessageContaining("16384 bytes a second");
        assertThat(Duration.ofNanos(now.get())).isLessThanOrEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void shouldGiveUpOnThemTooWhereBytesAreReadInVain() {
        PacedBody body = arriving(1_000, 1, Duration.ofSeconds(2));

        assertThatThrownBy(() -> body.skip(1_000)).isInstanceOf(TooSlowException.class);
    }
}
