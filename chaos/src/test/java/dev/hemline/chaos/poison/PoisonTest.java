package dev.hemline.chaos.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageEvent;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.image.UnfitImageException;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoisonTest {
    private final AbsurdRecords absurd = new AbsurdRecords(1, 100);

    private ProducerRecord<byte[], byte @Nullable []> record(Poison kind) {
        return kind.record("poison-1", absurd);
    }

    private ImageEvent event(Poison kind) {
        return EventSerde.of(ImageEvent.class)
                .decode(Objects.requireNonNull(record(kind).value()));
    }

    @Test
    void shouldPackTwentyFiveMillionPixelsThatTakeTheirTimeIntoFewBytes() throws Exception {
        ImageEvent event = event(Poison.INTERLACED_PNG);

        assertThat(event.getContent().remaining()).isLessThan(15_000);
        assertThat(new ImageDecoder(ImageLimits.DEFAULT).open(event).work()).isGreaterThan(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @EnumSource(names = {"WIDE_PNG", "HUGE_GIF"})
    void shouldSayInItsHeaderThatItIsTooLarge(Poison kind) {
        assertThatThrownBy(() -> new ImageDecoder(ImageLimits.DEFAULT).open(event(kind)))
                .isInstanceOfSatisfying(
                        UnfitImageException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Rejection.TOO_LARGE));
    }

    @Test
    void shouldMarkWhatMayHaveAnyOutcome() {
        assertThat(Arrays.stream(Poison.values())
                        .filter(kind -> record(kind).headers().lastHeader(Poison.ANY_OUTCOME) == null))
                .containsExactly(Poison.OLD_TIME);
    }

    @Test
    void shouldPretendToBeOld() {
        assertThat(Instant.ofEpochMilli(record(Poison.OLD_TIME).timestamp()))
                .isBefore(Instant.now().minus(Duration.ofDays(7)));
    }
}
