package dev.hemline.quickstart.demo.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hemline.producer.Drift;
import dev.hemline.quickstart.demo.season.Season.Change;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static Season season(String text, int minutes) {
        return Season.parse(text, MINUTE.multipliedBy(minutes));
    }

    @Test
    void shouldShareTheTimeAfterTheFirstMinuteOut() {
        Season season = season("brighter:60,noise", 9);

        assertThat(season.changes())
                .containsExactly(
                        new Change("brighter:60", MINUTE, MINUTE.multipliedBy(5)),
                        new Change("noise", MINUTE.multipliedBy(5), MINUTE.multipliedBy(9)));
        assertThat(season).hasToString("brighter:60, noise");
    }

    @Test
    void shouldPutEachChangeInThePlaceOfTheOneBeforeAndLeaveTheLast() {
        assertThat(season("brighter:60,noise,blur", 7).drifts())
                .containsExactly(
                        Drift.parse("brighter:60@60-180"), Drift.parse("noise@180-300"), Drift.parse("blur@300"));
    }

    @Test
    void shouldLeavePicturesAsTheyWereForATime() {
        assertThat(season("invert,back,invert", 7).drifts())
                .containsExactly(Drift.parse("invert@60-180"), Drift.parse("invert@300"));
        assertThat(season("invert,back", 5).drifts()).containsExactly(Drift.parse("invert@60-180"));
        assertThat(season("back", 2).drifts()).isEmpty();
    }

    @Test
    void shouldChooseOneOfTheKindsWhereAnyIsAskedFor() {
        Season season = season("random,random,random", 13);

        assertThat(season.changes())
                .extracting(Change::kind)
                .allSatisfy(kind -> assertThat(Season.kinds()).contains(kind.replaceAll(":.*", "")))
                .doesNotContain("random", "back");
        assertThat(season.drifts()).hasSize(3);
    }

    @Test
    void shouldTakeFourMinutesForEachUsually() {
        assertThat(Season.usualLength("blur")).isEqualTo(Duration.ofMinutes(5));
        assertThat(Season.usualLength("blur,back,noise")).isEqualTo(Duration.ofMinutes(13));
    }

    @Test
    void shouldRefuseWhatHasNoTimeToHappen() {
        assertThat(season("blur,noise", 3).changes()).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Season.parse("blur,noise", Duration.ofSeconds(179)))
                .withMessageStartingWith("--season blur,noise takes at least 180 seconds, better 540")
                .withMessageEndingWith("--seconds is 179");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fog", "blur,", "brighter:999", "blur@60", "random:3"})
    void shouldRefuseWhatNoProducerCanDo(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> season(text, 60));
    }

    @Test
    void shouldNameWhatThereIs() {
        assertThat(Season.kinds())
                .startsWith("brighter, darker, noise")
                .endsWith("random for one of these, back for pictures as they were");
    }
}
