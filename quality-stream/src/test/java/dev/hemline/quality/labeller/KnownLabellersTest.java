package dev.hemline.quality.labeller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Labeller;
import dev.hemline.event.LabellerState;
import dev.hemline.topic.Topics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownLabellersTest {
    static {
        // Avro makes enums only of classes that it was told to trust, which is done with the first serde.
        Topics.LABELLERS.valueSerde();
    }

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private final KnownLabellers known = new KnownLabellers();

    private static Labeller labeller(String name, LabellerState state) {
        return Labeller.newBuilder()
                .setName(name)
                .setState(state)
                .setReason("")
                .setBy("test")
                .setChangedAt(NOON)
                .build();
    }

    @Test
    void shouldBelieveEverybodyWhoIsNotInQuarantine() {
        known.add("liar", labeller("liar", LabellerState.QUARANTINED));
        known.add("later", labeller("later", LabellerState.UNKNOWN));

        assertThat(known.believes("ann")).isTrue();
        assertThat(known.believes("later")).isTrue();
        assertThat(known.believes("liar")).isFalse();
        assertThat(known.heldAgainstFrom("ann")).isEqualTo(Instant.EPOCH);

        known.add("liar", labeller("liar", LabellerState.BELIEVED));
        assertThat(known.believes("liar")).isTrue();
        assertThat(known.heldAgainstFrom("liar")).isEqualTo(NOON);

        known.add("liar", null);
        assertThat(known.heldAgainstFrom("liar")).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shouldPassOverWhatNoProgramOfOursWrites() {
        known.add("ann", labeller("bob", LabellerState.QUARANTINED));
        String endless = "x".repeat(2_000);
        known.add(endless, labeller(endless, LabellerState.QUARANTINED));

        assertThat(known.believes("ann")).isTrue();
        assertThat(known.believes("bob")).isTrue();
        assertThat(known.believes(endless)).isTrue();
    }
}
