package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.GroundTruth;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AvroJsonTest {
    private static final AvroJson<GroundTruth> TRUTHS = new AvroJson<>(GroundTruth.class);
    private static final GroundTruth TRUTH = new GroundTruth("event-1", 3, Instant.ofEpochMilli(5), "somebody");

    @Test
    void shouldReadBackTheJsonThatItWrote() {
        byte[] text = TRUTHS.write(TRUTH);

        assertThat(new String(text, UTF_8)).contains("\"id\" : \"event-1\"");
        assertThat(TRUTHS.read(text)).isEqualTo(TRUTH);
    }

    @Test
    void shouldNameTheTypeThatATextIsNot() {
        for (String text : new String[] {"", "{", "[]", "{\"id\": 3}"}) {
            assertThatExceptionOfType(UndecodableEventException.class)
                    .isThrownBy(() -> TRUTHS.read(text.getBytes(UTF_8)))
                    .withMessageStartingWith("Not a readable GroundTruth: ");
        }
    }
}
