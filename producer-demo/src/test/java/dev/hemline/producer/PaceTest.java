package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long MILLI = 1_000_000;

    private final FakeTicker ticker = new FakeTicker();

    @Test
    void shouldLetTheFirstEventPassAtOnceAndTheNextAfterAnInterval() {
        Pace pace = new Pace(100, ticker);

        assertThat(pace.nanosUntilNext()).isZero();
        pace.pass();
        assertThat(pace.nanosUntilNext()).isEqualTo(10 * MILLI);
    }

    @Test
    void shouldNotDriftWhenEverySleepTakesTooLong() {
        // Given
        Pace pace = new Pace(100, ticker);

        // When
        for (int event = 0; event < 1_000; event++) {
            long wait = pace.nanosUntilNext();
            if (wait > 0) {
                ticker.sleep(wait + 3 * MILLI);
            }
            pace.pass();
        }

        // Then
        assertThat(ticker.nanoTime() + 5_000 * MILLI).isBetween(9_990 * MILLI, 9_993 * MILLI);
    }

    @Test
    void shouldCatchUpAfterAPauseAtTwiceTheRateInSmallBursts() {
        // Given
        Pace pace = new Pace(1_000, ticker);
        ticker.passMillis(1_000);

        // When
        int atOnce = passAllThatMay(pace);
        int within100Millis = 0;
        for (int milli = 0; milli < 100; milli++) {
            ticker.passMillis(1);
            within100Millis += passAllThatMay(pace);
        }

        // Then
        assertThat(atOnce).isBetween(1, 25);
        assertThat(within100Millis).isBetween(190, 210);
    }

    @Test
    void shouldHaveCaughtUpInTheEnd() {
        // Given
        Pace pace = new Pace(1_000, ticker);
        ticker.passMillis(1_000);

        // When
        int passed = 0;
        for (int milli = 0; milli < 2_000; milli++) {
            passed += passAllThatMay(pace);
            ticker.passMillis(1);
        }

        // Then
        assertThat(passed).isBetween(2_999, 3_001);
    }

    @Test
    void shouldKeepARateBelowOne() {
        Pace pace = new Pace(0.5, ticker);
        pace.pass();

        assertThat(pace.nanosUntilNext()).isEqualTo(2_000 * MILLI);
    }

    @Test
    void shouldNeverWaitWithoutARate() {
        Pace pace = new Pace(0, ticker);
        pace.pass();

        assertThat(pace.nanosUntilNext()).isZero();
    }

    private static int passAllThatMay(Pace pace) {
        int passed = 0;
        while (pace.nanosUntilNext() == 0) {
            pace.pass();
            passed++;
        }
        return passed;
    }
}
