package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogThrottleTest {
    private final AtomicLong now = new AtomicLong();
    private final LogThrottle line = new LogThrottle(now::get);

    @Test
    void shouldSayWhatIsNewAtOnceAndWhatLastsOnceAMinute() {
        assertThat(line.isDue("no broker answers")).isTrue();
        assertThat(line.isDue("no broker answers")).isFalse();
        assertThat(line.isDue("a topic is gone")).isTrue();

        now.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        assertThat(line.isDue("a topic is gone")).isFalse();
        now.addAndGet(1);
        assertThat(line.isDue("a topic is gone")).isTrue();
    }
}
