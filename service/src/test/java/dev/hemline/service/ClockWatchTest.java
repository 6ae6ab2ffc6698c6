package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final AtomicLong wall = new AtomicLong(1_800_000_000_000L);
    private final AtomicLong nanos = new AtomicLong(-1_000_000_000);
    private final AtomicInteger ends = new AtomicInteger();
    private final ClockWatch watch = new ClockWatch(wall::get, nanos::get, ends::incrementAndGet);

    private void pass(Duration onTheWall, Duration really) {
        wall.addAndGet(onTheWall.toMillis());
        nanos.addAndGet(really.toNanos());
        watch.look();
    }

    @Test
    void shouldEndTheAppWhenTheClockIsSetBack() {
        pass(Duration.ofHours(-1), Duration.ofSeconds(1));

        assertThat(ends).hasValue(1);
        assertThatThrownBy(watch::requireSteady)
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("This machine's clock went back by 3601 s");
    }

    @Test
    void shouldLetAClockBeSetALittle() {
        pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(900), Duration.ofSeconds(1));
        }
        pass(Duration.ofSeconds(-3), Duration.ofSeconds(1));

        assertThat(ends).hasValue(0);
        assertThatCode(watch::requireSteady).doesNotThrowAnyException();
    }

    @Test
    void shouldNotMindAClockThatGoesForward() {
        pass(Duration.ofDays(1), Duration.ofSeconds(1));

        assertThat(ends).hasValue(0);
    }
}
