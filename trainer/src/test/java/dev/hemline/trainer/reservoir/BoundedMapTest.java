package dev.hemline.trainer.reservoir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedMapTest {
    private final BoundedMap<String> map = new BoundedMap<>(10, String::length);

    @Test
    void shouldLetThoseGoThatCameFirstWhenAllWeighTooMuch() {
        map.put("a", "12345");
        map.put("b", "123");
        map.put("c", "123");

        assertThat(map.get("a")).isNull();
        assertThat(map.get("b")).isEqualTo("123");
        assertThat(map.newest(10)).containsExactly("123", "123");
    }

    @Test
    void shouldCountWhatIsReplacedOrRemovedNoLonger() {
        map.put("a", "1234567890");
        map.put("a", "12345");
        map.put("b", "12345");
        assertThat(map.get("a")).isEqualTo("12345");

        assertThat(map.remove("a")).isEqualTo("12345");
        assertThat(map.remove("a")).isNull();
        map.put("c", "67890");

        assertThat(map.newest(10)).containsExactly("12345", "67890");
    }

    @Test
    void shouldTakeWhatIsReplacedForTheNewest() {
        map.put("a", "1");
        map.put("b", "2");
        map.put("a", "3");

        assertThat(map.newest(1)).containsExactly("3");
        assertThat(map.newest(2)).containsExactly("2", "3");
        assertThat(map.newest(0)).isEmpty();
    }

    @Test
    void shouldKeepNothingThatIsTooHeavyByItself() {
        map.put("a", "1");
        map.put("b", "12345678901");

        assertThat(map.newest(10)).isEmpty();
        map.put("c", "1234567890");
        assertThat(map.newest(10)).containsExactly("1234567890");
    }
}
