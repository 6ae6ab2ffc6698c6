package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    private final DurationConverter converter = new DurationConverter();

    @Test
    void shouldReadDurationsAsPeopleWriteThem() {
        assertThat(converter.convert("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(converter.convert("1d")).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void shouldNameWhatIsNoDuration() {
        assertThatThrownBy(() -> converter.convert("0h"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'0h' is no duration");
    }
}
