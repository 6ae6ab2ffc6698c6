package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.topic.ImageEventReader;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final ImageEventReader EVENTS = new ImageEventReader();

    private static DeadLetter letter(byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        var record = new ConsumerRecord<>("image-events-dlq", 2, 17, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return new DeadLetter(record, EVENTS);
    }

    @Test
    void shouldTellWhyAndWhereFrom() {
        DeadLetter letter = letter(
                "a".getBytes(UTF_8),
                new byte[] {1, 2},
                Map.of(
                        "hemline.reason", "undecodable-event",
                        "__streams.errors.message", "Two bytes are too few",
                        "__streams.errors.topic", "image-events",
                        "__streams.errors.partition", "3",
                        "__streams.errors.offset", "55"));

        assertThat(letter.place()).hasToString("2@17");
        assertThat(letter.origin()).hasValue(new DeadLetter.Origin("image-events", 3, 55));
        assertThat(letter.name()).isEqualTo("a");
        assertThat(DeadLetterRow.of(letter, true).line())
                .contains("2@17", "image-events-3@55", "undecodable-event", "(replayed) Two bytes are too few");
        assertThat(ShowCommand.page(letter))
                .contains("event: not readable")
                .anySatisfy(line -> assertThat(line).startsWith("00000000  01 02 "));
    }

    @Test
    void shouldShowAPictureThatWasAllThereWas() {
        DeadLetter letter = letter(
                null,
                "GIF89a".getBytes(UTF_8),
                Map.of(
                        "hemline.reason", "undecodable-image",
                        "hemline.source", "shelf-4",
                        "__streams.errors.topic", "image-events",
                        "__streams.errors.partition", "3",
                        "__streams.errors.offset", "55"));

        assertThat(letter.name()).isEqualTo("image-events-3@55");
        assertThat(ShowCommand.page(letter))
                .anySatisfy(line -> assertThat(line).matches("  source +shelf-4"))
                .anySatisfy(line -> assertThat(line).matches("  format +GIF"));
    }

    @Test
    void shouldShowNoControlCharactersOfStrangers() {
        DeadLetter letter = letter("\u001b[2Jx".getBytes(UTF_8), new byte[0], Map.of("hemline.reason", "a\nb"));

        assertThat(DeadLetterRow.of(letter, false).line()).contains("?[2Jx", "a?b");
    }

    @Test
    void shouldReadLettersThatOtherProgramsWrote() {
        DeadLetter letter = letter(null, null, Map.of("__streams.errors.offset", "many"));

        assertThat(letter.reason()).isEqualTo("unknown");
        assertThat(letter.origin()).isEmpty();
        assertThat(letter.name()).isEqualTo("image-events-dlq-2@17");
    }

    /** One whose schema a registry has, or whose value is left out. */
    @Test
    void shouldCallAnEventWhatItsLetterSays() {
        DeadLetter letter =
                letter("key".getBytes(UTF_8), null, Map.of("hemline.event-id", "inside", "hemline.left-out", "value"));

        assertThat(letter.name()).isEqualTo("inside");
    }

    @Test
    void shouldCountByReasonTheMostFrequentFirst() {
        var counts = new DeadLetterRow.Counts();
        for (String reason : new String[] {"a", "b", "b"}) {
            counts.add(DeadLetterRow.of(letter(null, null, Map.of("hemline.reason", reason)), reason.equals("a")));
        }

        assertThat(counts).hasToString("3 dead letters: 2 b, 1 a; 1 replayed");
    }

    @Test
    void shouldSayHowALetterIsNamed() {
        assertThat(DeadLetter.Place.parse("2@17")).isEqualTo(new DeadLetter.Place(2, 17));
        assertThatThrownBy(() -> DeadLetter.Place.parse("17")).hasMessageContaining("PARTITION@OFFSET");
    }
}
