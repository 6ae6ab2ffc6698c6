package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final long MILLI = 1_000_000;

    private final FakeTicker ticker = new FakeTicker();

    @Test
    void shouldLetTheFirstEventPassAtOnceAndTheNextAfterAnInterval() {
        RateLimiter limiter = new RateLimiter(100, ticker);

        assertThat(limiter.nanosUntilNext()).isZero();
        limiter.pass();
        assertThat(limiter.nanosUntilNext()).isEqualTo(10 * MILLI);
    }

    @Test
    void shouldNotDriftWhenEverySleepTakesTooLong() {
        // Given
        RateLimiter limiter = new RateLimiter(100, ticker);

        // When
        for (int event = 0; event < 1_000; event++) {
            long wait = limiter.nanosUntilNext();
            if (wait > 0) {
                ticker.sleep(wait + 3 * MILLI);
            }
            limiter.pass();
        }

        // Then
        assertThat(ticker.nanoTime() + 5_000 * MILLI).isBetween(9_990 * MILLI, 9_993 * MILLI);
    }

    @Test
    void shouldCatchUpAfterAPauseAtTwiceTheRateInSmallBursts() {
        // Given
        RateLimiter limiter = new RateLimiter(1_000, ticker);
        ticker.passMillis(1_000);

        // When
        int atOnce = passAllThatMay(limiter);
        int within100Millis = 0;
        for (int milli = 0; milli < 100; milli++) {
            ticker.passMillis(1);
            within100Millis += passAllThatMay(limiter);
        }

        // Then
        assertThat(atOnce).isBetween(1, 25);
        assertThat(within100Millis).isBetween(190, 210);
    }

    @Test
    void shouldHaveCaughtUpInTheEnd() {
        // Given
        RateLimiter limiter = new RateLimiter(1_000, ticker);
        ticker.passMillis(1_000);

        // When
        int passed = 0;
        for (int milli = 0; milli < 2_000; milli++) {
            passed += passAllThatMay(limiter);
            ticker.passMillis(1);
        }

        // Then
        assertThat(passed).isBetween(2_999, 3_001);
    }

    @Test
    void shouldKeepARateBelowOne() {
        RateLimiter limiter = new RateLimiter(0.5, ticker);
        limiter.pass();

        assertThat(limiter.nanosUntilNext()).isEqualTo(2_000 * MILLI);
    }

    @Test
    void shouldNeverWaitWithoutARate() {
        RateLimiter limiter = new RateLimiter(0, ticker);
        limiter.pass();

        assertThat(limiter.nanosUntilNext()).isZero();
    }

    private static int passAllThatMay(RateLimiter limiter) {
        int passed = 0;
        while (limiter.nanosUntilNext() == 0) {
            limiter.pass();
            passed++;
        }
        return passed;
    }
}
