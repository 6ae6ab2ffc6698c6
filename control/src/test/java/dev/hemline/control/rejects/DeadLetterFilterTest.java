package dev.hemline.control.rejects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLetterFilterTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void shouldTakeTimesAsAgesOrAsTheyAre() {
        assertThat(DeadLetterFilter.parse("90s", NOON)).isEqualTo(NOON.minusSeconds(90));
        assertThat(DeadLetterFilter.parse("30m", NOON)).isEqualTo(NOON.minus(Duration.ofMinutes(30)));
        assertThat(DeadLetterFilter.parse("2d", NOON)).isEqualTo(NOON.minus(Duration.ofDays(2)));
        assertThat(DeadLetterFilter.parse("2026-02-01T00:00:00Z", NOON)).isEqualTo("2026-02-01T00:00:00Z");
    }

    @Test
    void shouldSayWhatATimeLooksLike() {
        assertThatThrownBy(() -> DeadLetterFilter.parse("yesterday", NOON))
                .hasMessage("--since takes 30m, 6h, 2d or a time like 2026-03-01T12:00:00Z, not 'yesterday'");
    }
}
