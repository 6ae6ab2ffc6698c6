package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventShareTest {
    private static final List<String> IDS = IntStream.range(0, 200_000)
            .mapToObj(number -> String.format(Locale.ROOT, "shop-20260101T120000Z-3fa9c17b-%012d", number))
            .toList();

    private static double found(EventShare share, List<String> ids) {
        return (double) ids.stream().filter(share::has).count() / ids.size();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.2, 1})
    void shouldChooseAsManyAsItSays(double share) {
        assertThat(found(new EventShare("samples", share), IDS)).isCloseTo(share, within(0.003));
    }

    @Test
    void shouldChooseEvenlyFromEachPartitionAndFromAnotherShare() {
        EventShare fifth = new EventShare("samples", 0.2);
        EventShare half = new EventShare("others", 0.5);

        for (int partition = 0; partition < 4; partition++) {
            int only = partition;
            List<String> there = IDS.stream()
                    .filter(id -> Utils.toPositive(Utils.murmur2(id.getBytes(UTF_8))) % 4 == only)
                    .toList();
            assertThat(found(fifth, there)).isCloseTo(0.2, within(0.006));
        }
        assertThat(found(fifth, IDS.stream().filter(half::has).toList())).isCloseTo(0.2, within(0.006));
    }

    @Test
    void shouldChooseTheSameInEveryRelease() {
        EventShare share = new EventShare("samples", 0.02);

        assertThat(share.position("a-1")).isEqualTo(0.13141091340000055, within(1e-12));
    }

    @Test
    void shouldRefuseWhatIsNoShare() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EventShare("samples", 1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new EventShare("samples", Double.NaN));
    }
}
