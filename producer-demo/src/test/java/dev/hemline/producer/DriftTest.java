package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.producer.Drift.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftTest {
    @Test
    void shouldReadKindStrengthOnsetAndRamp() {
        assertThat(Drift.parse("Noise:12.5@60.25+30"))
                .isEqualTo(new Drift(Kind.NOISE, 12.5, Duration.ofMillis(60_250), Duration.ofSeconds(30)));
        assertThat(Drift.parse("shift:-3@0")).isEqualTo(new Drift(Kind.SHIFT, -3, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void shouldReadWhenItIsOver() {
        assertThat(Drift.parse("blur@60-120.5"))
                .isEqualTo(new Drift(
                        Kind.BLUR, 1, Duration.ofSeconds(60), Duration.ZERO, Optional.of(Duration.ofMillis(120_500))));
        assertThat(Drift.parse("shift:-3@0+10-30"))
                .isEqualTo(new Drift(
                        Kind.SHIFT, -3, Duration.ZERO, Duration.ofSeconds(10), Optional.of(Duration.ofSeconds(30))));
        assertThat(Drift.parse("blur@60").end()).isEmpty();
    }

    @Test
    void shouldWriteAsBeforeWhatHasNoEnd() {
        assertThat(Drift.parse("noise@60")).hasToString("noise:50@60+0");
        assertThat(Drift.parse("noise@60-90")).hasToString("noise:50@60+0-90");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blur@60-60", "blur@60-10", "blur@0-0"})
    void shouldRefuseAnEndThatIsNotAfterTheOnset(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drift.parse(text))
                .withMessageStartingWith("--drift blur ends after ")
                .withMessageEndingWith("it is to end later");
    }

    @Test
    void shouldBeOverAtItsEndEvenWithinItsRamp() {
        Drift whole = Drift.parse("darker@60-90");
        Drift growing = Drift.parse("brighter:100@60+100-90");

        assertThat(whole.strengthAt(Duration.ofMillis(89_999))).isEqualTo(0.5);
        assertThat(whole.strengthAt(Duration.ofSeconds(90))).isEqualTo(1);
        assertThat(growing.strengthAt(Duration.ofSeconds(80))).isCloseTo(20, within(1e-9));
        assertThat(growing.strengthAt(Duration.ofSeconds(90))).isZero();
        assertThat(growing.strengthAt(Duration.ofDays(100))).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeavePicturesAloneOnceItIsOver(Kind kind) {
        byte[] picture = Fixture.IMAGES.image(7);

        assertThat(Drift.parse(kind + "@60-90")
                        .corruptionAt(Duration.ofSeconds(90))
                        .apply(picture, 28, 28, new SplittableRandom(1)))
                .isSameAs(picture);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatItWritesWithItsEnd(Kind kind) {
        Drift drift = Drift.parse(kind + "@60+0.5-120.25");

        assertThat(Drift.parse(drift.toString())).isEqualTo(drift);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatItWrites(Kind kind) {
        Drift drift = Drift.parse(kind + "@60+0.5");

        assertThat(Drift.parse(drift.toString())).isEqualTo(drift);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "blur",
                "blur@",
                "blur@x",
                "fog@60",
                "blur:@60",
                "blur:1e3@60",
                "blur@60+",
                "blur@-1",
                "blur@60-",
                "blur@60-90+5"
            })
    void shouldSayWhatItTakesInstead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drift.parse(text))
                .withMessageStartingWith("--drift takes KIND[:STRENGTH]@SECONDS[+RAMP]")
                .withMessageContaining("not '" + text + "'")
                .withMessageContaining("brighter, darker, ");
    }

    @ParameterizedTest
    @CsvSource({
        "brighter:256, 0 to 255",
        "darker:-0.1, 0 to 1",
        "zoom:0, 0.1 to 10",
        "mix:0.5, 1 to 1000",
        "jpeg:0, 1 to 100"
    })
    void shouldRefuseStrengthsOfNoMeaning(String drift, String range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Drift.parse(drift + "@60"))
                .withMessageContaining(range);
    }

    @Test
    void shouldGrowEvenlyFromNothingOverItsRamp() {
        Drift jpeg = Drift.parse("jpeg:20@60+40");

        assertThat(jpeg.strengthAt(Duration.ofSeconds(60))).isEqualTo(100);
        assertThat(jpeg.strengthAt(Duration.ofSeconds(70))).isCloseTo(80, within(1e-9));
        assertThat(jpeg.strengthAt(Duration.ofSeconds(100))).isEqualTo(20);
        assertThat(jpeg.strengthAt(Duration.ofDays(100))).isEqualTo(20);
    }

    @Test
    void shouldBeThereAtItsOnsetWithoutARamp() {
        Drift darker = Drift.parse("darker@60");

        assertThat(darker.strengthAt(Duration.ofMillis(59_999))).isEqualTo(1);
        assertThat(darker.strengthAt(Duration.ofSeconds(60))).isEqualTo(0.5);
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangePicturesFromItsOnsetOnAndNotBeforeUnlessItIsAMix(Kind kind) {
        byte[] picture = Fixture.IMAGES.image(7);
        Drift drift = Drift.parse(kind + "@60");
        var chance = new SplittableRandom(1);

        assertThat(drift.corruptionAt(Duration.ofSeconds(59)).apply(picture, 28, 28, chance))
                .isSameAs(picture);
        byte[] after = drift.corruptionAt(Duration.ofSeconds(60)).apply(picture, 28, 28, chance);
        assertThat(Arrays.equals(after, picture)).isEqualTo(kind == Kind.MIX);
    }
}
