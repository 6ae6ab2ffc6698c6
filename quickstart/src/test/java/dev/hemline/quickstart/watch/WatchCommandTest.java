package dev.hemline.quickstart.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.event.Classification;
import dev.hemline.testbed.TestEvents;
import org.junit.jupiter.api.Test;

class WatchCommandTest {
    @Test
    void shouldShowIdLabelConfidenceAndVersionOnOneLine() {
        Classification result = TestEvents.classification("shop-7", 3).build();

        assertThat(WatchCommand.columns(result))
                .containsSubsequence("shop-7", "Ankle boot", "87.5 %", "fashion-mnist v3");
    }

    @Test
    void shouldNotPassControlCharactersOnToTheTerminal() {
        Classification result = TestEvents.classification("\u001B[2Jgone\n", 3).build();

        assertThat(WatchCommand.columns(result)).doesNotContain("\u001B").doesNotContain("\n");
    }

    @Test
    void shouldWriteEveryFieldAsJson() throws Exception {
        Classification result = TestEvents.classification("shop-7", 3).build();

        JsonNode json = new ObjectMapper().readTree(WatchCommand.json(result));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(Classification.getClassSchema().getFields().stream()
                        .map(field -> field.name())
                        .toList());
        assertThat(json.path("probabilities")).hasSize(2);
        assertThat(json.path("capturedAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
    }
}
