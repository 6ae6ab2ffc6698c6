package dev.hemline.quality.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BusiestSourcesTest {
    private final BusiestSources sources = new BusiestSources();

    private static void send(BusiestSources to, String source, int times) {
        for (int i = 0; i < times; i++) {
            to.name(source);
        }
    }

    @Test
    void shouldNameEverySourceWhereThereAreFew() {
        assertThat(sources.name("warehouse-3")).isEqualTo("warehouse-3");
        assertThat(sources.name("Lager 4, Tür 2")).isEqualTo("Lager 4, Tür 2");
        assertThat(sources.names()).containsExactlyInAnyOrder("warehouse-3", "Lager 4, Tür 2");
    }

    @Test
    void shouldCountWhatSaysNoSourceAndWhatIsCalledLikeTheRestAmongTheRest() {
        assertThat(sources.name("")).isEqualTo(BusiestSources.REST);
        assertThat(sources.name(" ")).isEqualTo(BusiestSources.REST);
        assertThat(sources.name("other")).isEqualTo(BusiestSources.REST);

        assertThat(sources.names()).isEmpty();
        assertThat(BusiestSources.shown(BusiestSources.REST)).isEqualTo("other");
        assertThat(BusiestSources.shown("warehouse-3")).isEqualTo("warehouse-3");
    }

    @Test
    void shouldNameTheFiftyBusiestOfThousand() {
        Random random = new Random(1);
        for (int i = 0; i < 90_000; i++) {
            // Every second result is of one of forty, each of which has 1 in 80.
            sources.name(i % 2 == 0 ? "busy-" + random.nextInt(40) : "quiet-" + random.nextInt(1000));
        }

        assertThat(sources.names())
                .hasSize(50)
                .containsAll(IntStream.range(0, 40).mapToObj(i -> "busy-" + i).toList());
    }

    @Test
    void shouldKeepNamesFromAStrangerWhoMakesUpAMillionSources() {
        send(sources, "quiet", 10);
        for (int i = 0; i < 60; i++) {
            send(sources, "made-up-before-" + i, 1);
        }
        int named = 0;
        for (int i = 0; i < 1_000_000; i++) {
            sources.name("made-up-" + i);
            if (i % 1_000 == 0) {
                assertThat(sources.name("quiet")).isEqualTo("quiet");
            }
            named += i % 50 == 0 && sources.name("new").equals("new") ? 1 : 0;
        }

        assertThat(named).as("of 20,000 results").isGreaterThan(19_900);
        assertThat(sources.names()).hasSizeLessThanOrEqualTo(50).contains("quiet", "new");
        assertThat(sources.toBytes().length).isLessThan(12_000);
    }

    @Test
    void shouldGiveANameToABusierSourceButNotInTurnsToTwoAlike() {
        for (int i = 0; i < 50; i++) {
            send(sources, "s-" + i, 100);
        }
        send(sources, "new", 125);
        assertThat(sources.isNamed("new")).isFalse();
        assertThat(sources.names()).hasSize(50);

        assertThat(sources.name("new")).isEqualTo("new");
        assertThat(sources.isNamed("s-0")).isFalse();
        assertThat(sources.name("s-0")).isEqualTo(BusiestSources.REST);
        assertThat(sources.isNamed(BusiestSources.REST)).isTrue();
    }

    @Test
    void shouldForgetWhatHasEnded() {
        for (int i = 0; i < 50; i++) {
            send(sources, "ended-" + i, 1_000);
        }
        send(sources, "goes-on", 1_500_000);

        assertThat(sources.names()).containsExactly("goes-on");
    }

    @Test
    void shouldBoundLongAndOddNamesAndKeepThemApart() {
        String one = sources.name("x".repeat(2_000_000) + "1");
        String other = sources.name("x".repeat(2_000_000) + "2");
        assertThat(one).hasSize(89).startsWith("xxx").isNotEqualTo(other);
        assertThat(sources.name("🚚".repeat(100))).hasSizeLessThan(90).doesNotContain("?");

        assertThat(sources.name("a\u0000b\nc\u001b[31m")).isEqualTo("a?b?c?[31m");
        assertThat(sources.name("half \ud83d")).isEqualTo("half ?");
        assertThat(sources.names())
                .allSatisfy(name -> assertThat(BusiestSources.bounded(name)).isEqualTo(name));
    }

    @Test
    void shouldGoOnAfterwardsAsIfItHadNeverBeenWritten() {
        BusiestSources written = new BusiestSources();
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String source = "s-" + (int) Math.abs(random.nextGaussian() * 120);
            assertThat(written.name(source)).isEqualTo(sources.name(source));
            if (i % 500 == 0) {
                written = BusiestSources.of(written.toBytes());
            }
        }

        assertThat(written.toBytes()).isEqualTo(sources.toBytes());
    }

    @Test
    void shouldBeginAnewWhereBytesAreNothingOfTheKind() {
        send(sources, "a", 3);
        byte[] bytes = sources.toBytes();
        byte[] negative = bytes.clone();
        negative[bytes.length - 4] = -1;
        negative[10] = -1;

        assertThat(BusiestSources.of(null).names()).isEmpty();
        assertThat(BusiestSources.of(bytes).names()).containsExactly("a");
        assertThat(BusiestSources.of(negative).names()).isEmpty();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(BusiestSources.of(Arrays.copyOf(bytes, length)).names()).isEmpty();
        }
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            byte[] any = new byte[random.nextInt(100)];
            random.nextBytes(any);
            BusiestSources.of(any).name("b");
        }
    }
}
