package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.GroundTruth;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final EventJson<GroundTruth> JSON = EventJson.of(GroundTruth.class);

    @Test
    void shouldReadWhatItWrote() {
        GroundTruth truth = new GroundTruth("event-1", 3, Instant.ofEpochMilli(5), "somebody");

        byte[] text = JSON.encode(truth);

        assertThat(new String(text, UTF_8)).contains("\"id\" : \"event-1\"");
        assertThat(JSON.decode(text)).isEqualTo(truth);
    }

    @Test
    void shouldNameTheTypeThatATextIsNot() {
        for (String text : new String[] {"", "{", "[]", "{\"id\": 3}"}) {
            assertThatExceptionOfType(UndecodableEventException.class)
                    .isThrownBy(() -> JSON.decode(text.getBytes(UTF_8)))
                    .withMessageStartingWith("Not a readable GroundTruth: ");
        }
    }
}
