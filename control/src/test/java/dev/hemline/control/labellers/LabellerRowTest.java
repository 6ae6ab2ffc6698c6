package dev.hemline.control.labellers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabellerRowTest {
    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.LABELLERS.valueSerde();
    }

    private static LabellerRow row(String name) {
        return LabellerRow.of(Labeller.newBuilder()
                .setName(name)
                .setState(LabellerState.QUARANTINED)
                .setReason("says another class in 41 of 130 pictures")
                .setLabels(130)
                .setDisagreements(41)
                .setBy("hemline trainer")
                .setChangedAt(Instant.parse("2026-12-01T12:00:00Z"))
                .build());
    }

    @Test
    void shouldShowWhoIsNotBelievedAndWhy() {
        List<String> lines = LabellerRow.table(List.of(row("anna"), row("")), ZoneOffset.UTC);

        assertThat(lines.get(0)).startsWith("LABELLER").contains("STATE", "SINCE", "BY", "WHY");
        assertThat(lines.get(1))
                .matches("anna +quarantined +2026-12-01 12:00:00 +hemline trainer +says another class in 41 of 130"
                        + " pictures *");
        assertThat(lines.get(2)).startsWith("(no name)");
    }

    @Test
    void shouldTellATerminalNothingThatItObeys() {
        assertThat(LabellerRow.table(List.of(row("\u001b[2Jliar")), ZoneOffset.UTC)
                        .get(1))
                .doesNotContain("\u001b")
                .contains("liar");
    }
}
