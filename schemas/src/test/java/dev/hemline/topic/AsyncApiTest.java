package dev.hemline.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    @Test
    void shouldTellOfEveryTopicInTheDocumentThatIsCheckedIn() throws Exception {
        String made = AsyncApi.text();
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("asyncapi.yaml"), made);

        assertThat(Path.of("../docs/asyncapi.yaml"))
                .as("stale; to renew it: cp schemas/target/asyncapi.yaml docs/")
                .content()
                .isEqualTo(made);
    }

    @Test
    void shouldPrintTheFirstBytesOfAnEventAsTheyTravel() throws Exception {
        Score score = new Score("id", "m", 3, 1, 2, 0.5f, 10L, null, "s", "it");

        byte[] bytes = Topics.SCORES.valueSerde().serializer().serialize("scores", score);

        assertThat(AsyncApi.text()).contains(HexFormat.ofDelimiter(" ").formatHex(bytes, 0, 10));
    }
}
