package dev.hemline.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelKeyTest {
    @Test
    void shouldReadBackEveryKindOfKey() {
        assertThat(ModelKey.parse("fashion-mnist/v000012")).isEqualTo(new ModelKey.Manifest("fashion-mnist", 12));
        assertThat(ModelKey.parse("fashion-mnist/v000012/chunk-0003"))
                .isEqualTo(new ModelKey.Chunk("fashion-mnist", 12, 3));
        assertThat(ModelKey.parse("fashion-mnist/alias/serving"))
                .isEqualTo(new ModelKey.Alias("fashion-mnist", "serving"));
        assertThat(ModelKey.parse("fashion-mnist/policy")).isEqualTo(new ModelKey.Policy("fashion-mnist"));
    }

    @Test
    void shouldKnowWhatDecidesWhichVersionAnswers() {
        assertThat(Stream.of("m/alias/serving", "m/alias/challenger", "m/policy"))
                .allMatch(ModelKey::steers);
        assertThat(Stream.of("m/alias/last-version", "m/v000001", "no key", "")).noneMatch(ModelKey::steers);
    }

    @Test
    void shouldWriteKeysThatSortByVersion() {
        assertThat(new ModelKey.Chunk("m", 12, 3)).hasToString("m/v000012/chunk-0003");
        assertThat(new ModelKey.Manifest("m", 9).toString()).isLessThan(new ModelKey.Manifest("m", 10).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "m/v12",
                "m/v000000",
                "M/v000001",
                "m/v000001/chunk-1",
                "m/alias/",
                "m/policy/",
                "/policy",
                "m/v000001/",
                "../v000001"
            })
    void shouldRefuseOtherTexts(String text) {
        assertThatThrownBy(() -> ModelKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
