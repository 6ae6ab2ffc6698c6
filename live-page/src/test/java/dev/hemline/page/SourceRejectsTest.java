package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quality.source.BusiestSources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceRejectsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SourceRejects rejects = new SourceRejects(registry);

    private double series(String source) {
        return registry.get("hemline.source.rejects")
                .tag("source", source)
                .functionCounter()
                .count();
    }

    @Test
    void shouldCountRejectsBySource() {
        rejects.rejected("warehouse-3");
        rejects.rejected("warehouse-3");
        rejects.rejected("");

        assertThat(rejects.counts()).isEqualTo(Map.of("warehouse-3", 2L, "other", 1L));
        assertThat(series("warehouse-3")).isEqualTo(2);
        assertThat(series("other")).isEqualTo(1);
    }

    @Test
    void shouldGiveTheRestWhatASourceHadThatIsNotAmongTheBusiestAnyMore() {
        rejects.rejected("a-first");
        for (int i = 0; i < 5 * BusiestSources.NAMED; i++) {
            rejects.classified("busy-" + i % BusiestSources.NAMED);
        }
        rejects.rejected("busy-0");

        assertThat(rejects.counts()).isEqualTo(Map.of("other", 1L, "busy-0", 1L));
        assertThat(registry.find("hemline.source.rejects").functionCounters()).hasSize(2);
    }

    @Test
    void shouldHaveFewSeriesWhoeverMakesSourcesUp() {
        for (int i = 0; i < 200_000; i++) {
            rejects.rejected("made-up-" + i);
        }

        assertThat(registry.find("hemline.source.rejects").functionCounters())
                .hasSizeLessThanOrEqualTo(BusiestSources.NAMED + 1);
        assertThat(rejects.counts().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(200_000);
    }
}
