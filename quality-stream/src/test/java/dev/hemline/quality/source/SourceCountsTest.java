package dev.hemline.quality.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.topic.ModelKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceCountsTest {
    @Test
    void shouldCountResultsAndMoveThoseThatAreJudgedAgain() {
        SourceCounts counts = SourceCounts.NONE.plusResult(0.5).plusResult(0.75).judged(true, null);
        assertThat(counts).isEqualTo(new SourceCounts(2, 1, 1, 1.25));

        assertThat(counts.judged(false, true)).isEqualTo(new SourceCounts(2, 1, 0, 1.25));
        assertThat(counts.judged(true, true)).isEqualTo(counts);
        assertThat(counts.plus(counts)).isEqualTo(new SourceCounts(4, 2, 2, 2.5));
    }

    @Test
    void shouldNotCountWhatCannotBe() {
        // Given one that another row was judged for before
        SourceCounts counts = new SourceCounts(1, 0, 0, 0.5);

        assertThat(counts.judged(true, false)).isEqualTo(counts);
        assertThat(counts.judged(false, true)).isEqualTo(counts);
        assertThatThrownBy(() -> new SourceCounts(1, 2, 0, 0.5)).hasMessageContaining("counts of a source");
        assertThatThrownBy(() -> new SourceCounts(1, 0, 0, Double.NaN)).hasMessageContaining("counts of a source");
    }

    @Test
    void shouldComeBackFromBytesAndFromNothingElse() {
        SourceCounts counts = new SourceCounts(5, 4, 3, 4.5);

        assertThat(SourceCounts.of(counts.toBytes())).contains(counts);
        assertThat(SourceCounts.of(null)).isEmpty();
        assertThat(SourceCounts.of(new byte[] {1})).isEmpty();
        byte[] impossible = counts.toBytes();
        impossible[0] = -1;
        assertThat(SourceCounts.of(impossible)).isEmpty();
    }

    @Test
    void shouldReadARowsKeyWhateverTheSourceIsCalled() {
        for (String source : new String[] {"warehouse-3", "/shelves/4", "a/v000002/b", "Tür 2", ""}) {
            var row = new SourceRow(new ModelKey.Manifest("m", 3), source);
            assertThat(SourceRow.parse(row.toString())).contains(row);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busiest",
                "m/v000003",
                "m/v3/a",
                "m/v000000/a",
                "Odd Name/v000003/a",
                "m/v0000003/a",
                "m/v000003/other",
                "m/v000003/ a",
                "m/v000003/a\nb"
            })
    void shouldTakeNothingElseForARow(String text) {
        assertThat(SourceRow.parse(text)).isEmpty();
    }
}
