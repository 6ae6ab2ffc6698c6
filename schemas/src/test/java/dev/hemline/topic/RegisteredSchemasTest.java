package dev.hemline.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.GroundTruth;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RegisteredSchemasTest {
    private static final EventSerde<GroundTruth> TRUTHS = EventSerde.of(GroundTruth.class);
    private static final GroundTruth TRUTH = new GroundTruth("a-1", 3, Instant.ofEpochMilli(5), "me");
    private static final WritersSchema SCHEMA =
            WritersSchema.parse(GroundTruth.getClassSchema().toString());

    private final AtomicLong now = new AtomicLong();
    private final List<Integer> asked = new ArrayList<>();
    private CompletableFuture<WritersSchema> answer = new CompletableFuture<>();
    private final RegisteredSchemas schemas = new RegisteredSchemas(
            id -> {
                asked.add(id);
                return answer;
            },
            now::get);

    private static byte[] framed(int id) {
        byte[] single = TRUTHS.encode(TRUTH);
        byte[] body = Arrays.copyOfRange(single, 10, single.length);
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    @Test
    void shouldHaveAnEventWaitForItsSchemaAndAskForItOnce() {
        assertThatThrownBy(() -> schemas.decode(TRUTHS, framed(7))).isInstanceOf(NotYetReadableException.class);
        assertThatThrownBy(() -> schemas.decode(TRUTHS, framed(7))).isInstanceOf(NotYetReadableException.class);
        now.addAndGet(Duration.ofHours(1).toNanos());

        answer.complete(SCHEMA);

        assertThat(schemas.decode(TRUTHS, framed(7))).isEqualTo(TRUTH);
        assertThat(schemas.decode(TRUTHS, framed(7))).isEqualTo(TRUTH);
        assertThat(asked).containsExactly(7);
    }

    @Test
    void shouldRefuseAnUnknownIdAndAskForItAgainHalfAMinuteLater() {
        answer = CompletableFuture.failedFuture(new UnknownSchemaException("the registry has no schema 7"));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UnknownSchemaException.class)
                    .isThrownBy(() -> schemas.decode(TRUTHS, framed(7)))
                    .withMessage("Not a readable GroundTruth: the registry has no schema 7");
        }
        assertThat(asked).hasSize(1);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        answer = CompletableFuture.completedFuture(SCHEMA);

        assertThat(schemas.decode(TRUTHS, framed(7))).isEqualTo(TRUTH);
    }

    @Test
    void shouldCountThatHalfMinuteFromTheAnswer() {
        assertThatThrownBy(() -> schemas.decode(TRUTHS, framed(7))).isInstanceOf(NotYetReadableException.class);
        now.addAndGet(Duration.ofHours(1).toNanos());
        answer.completeExceptionally(new UnknownSchemaException("the registry has no schema 7"));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> schemas.decode(TRUTHS, framed(7))).isInstanceOf(UnknownSchemaException.class);
        }

        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldWaitForAnAnswerWhereThereIsNothingElseToDo() {
        answer.completeOnTimeout(SCHEMA, 20, TimeUnit.MILLISECONDS);

        assertThat(schemas.waiting(Duration.ofSeconds(10)).decode(TRUTHS, framed(7)))
                .isEqualTo(TRUTH);
    }

    @Test
    void shouldRefuseASchemaThatIsNothingLikeTheEvents() {
        answer = CompletableFuture.completedFuture(WritersSchema.parse("\"string\""));

        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> schemas.decode(TRUTHS, framed(7)))
                .withMessageStartingWith("Not a readable GroundTruth: ")
                .withMessageContaining("Found string, expecting");
    }

    @Test
    void shouldRefuseWhatIsCutShortOrGoesOnAfterItsEnd() {
        answer = CompletableFuture.completedFuture(SCHEMA);
        byte[] whole = framed(7);

        for (int length = 1; length <= whole.length + 1; length++) {
            byte[] other = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> schemas.decode(TRUTHS, other))
                        .isExactlyInstanceOf(UndecodableEventException.class)
                        .hasMessageMatching("(?s).*(too few|cut short|left over).*");
            }
        }
    }

    /** Each level of what is skipped is a byte. */
    @Test
    void shouldRefuseAnEventThatNestsWithoutEnd() {
        answer = CompletableFuture.completedFuture(WritersSchema.parse("""
                {"type": "record", "name": "Label", "fields": [
                    {"name": "more", "type": {"type": "record", "name": "Nest", "fields": [
                        {"name": "next", "type": ["Nest", "null"]}]}},
                    {"name": "id", "type": "string"}, {"name": "label", "type": "int"},
                    {"name": "labelledAt", "type": "long"}, {"name": "by", "type": "string"}]}"""));

        assertThatThrownBy(() -> schemas.decode(TRUTHS, new byte[10_000_000]))
                .isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void shouldForgetIdsThatAreTooMany() {
        answer = CompletableFuture.failedFuture(new UnknownSchemaException("none"));
        for (int id = 0; id < 2_500; id++) {
            byte[] event = framed(id);
            assertThatThrownBy(() -> schemas.decode(TRUTHS, event)).isInstanceOf(UnknownSchemaException.class);
        }

        answer = CompletableFuture.completedFuture(SCHEMA);
        assertThat(schemas.decode(TRUTHS, framed(1))).isEqualTo(TRUTH);
    }

    @Test
    void shouldSayWhatToDoWhereNoRegistryIsAsked() {
        assertThatExceptionOfType(UnknownSchemaException.class)
                .isThrownBy(() -> RegisteredSchemas.none().decode(TRUTHS, framed(7)))
                .withMessageContaining("schema id 7")
                .withMessageContaining("--schema-registry URL");
    }
}
