package dev.hemline.quality.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.quality.source.SourceCounts;
import dev.hemline.service.JsonFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceAccuracyTest {
    @Test
    void shouldFlagTheSourceWhoseWholeIntervalLiesBelowThatOfTheOthers() {
        List<SourceAccuracy> sources = SourceAccuracy.of(Map.of(
                "warehouse-3", new SourceCounts(1_000, 200, 142, 800),
                "warehouse-1", new SourceCounts(2_000, 400, 372, 1_900),
                "warehouse-2", new SourceCounts(1_500, 300, 279, 1_425),
                "", new SourceCounts(9_000, 0, 0, 8_100)));

        assertThat(sources)
                .extracting(SourceAccuracy::source)
                .containsExactly("warehouse-1", "warehouse-2", "warehouse-3", "other");
        assertThat(sources).extracting(SourceAccuracy::belowOthers).containsExactly(false, false, true, false);
        SourceAccuracy bad = sources.get(2);
        assertThat(bad.accuracy()).isEqualTo(0.71);
        assertThat(bad.low95()).isCloseTo(0.6437, within(1e-3));
        assertThat(bad.high95()).isCloseTo(0.7684, within(1e-3));
        assertThat(bad.confidence()).isEqualTo(0.8);
        assertThat(sources.get(3).accuracy()).isNull();
        assertThat(sources.get(3).confidence()).isEqualTo(0.9);
    }

    @Test
    void shouldFlagNothingOnAHandfulOfLabelsOrWhereThereIsNothingToCompareWith() {
        assertThat(SourceAccuracy.of(
                        Map.of("new", new SourceCounts(19, 19, 0, 10), "old", new SourceCounts(500, 500, 465, 450))))
                .noneMatch(SourceAccuracy::belowOthers);
        assertThat(SourceAccuracy.of(Map.of("only", new SourceCounts(500, 500, 10, 450))))
                .noneMatch(SourceAccuracy::belowOthers);
        assertThat(SourceAccuracy.of(Map.of())).isEmpty();
    }

    @Test
    void shouldShowFiftyAndTheRestWherePartitionsNamedMoreTogether() {
        Map<String, SourceCounts> many = new HashMap<>();
        for (int i = 1; i <= 120; i++) {
            many.put("s-" + i, new SourceCounts(i, 0, 0, 0));
        }
        many.put("", new SourceCounts(5, 0, 0, 0));

        List<SourceAccuracy> sources = SourceAccuracy.of(many);

        assertThat(sources).hasSize(51);
        assertThat(sources.get(0).source()).isEqualTo("s-120");
        assertThat(sources.get(49).source()).isEqualTo("s-71");
        assertThat(sources.get(50).source()).isEqualTo("other");
        assertThat(sources)
                .extracting(SourceAccuracy::results)
                .satisfies(all -> assertThat(
                                all.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(120 * 121 / 2 + 5));
    }

    @Test
    void shouldTellOfASourceInOneFlatObject() {
        assertThat(JsonFile.line(SourceAccuracy.of(Map.of("a", new SourceCounts(2, 0, 0, 1)))))
                .isEqualTo("[{\"source\":\"a\",\"results\":2,\"confidence\":0.5,\"scored\":0,\"correct\":0,"
                        + "\"accuracy\":null,\"low95\":null,\"high95\":null,\"belowOthers\":false}]");
    }
}
