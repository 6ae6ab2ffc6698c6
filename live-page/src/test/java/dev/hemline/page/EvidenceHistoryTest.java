package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.page.EvidenceHistory.Look;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceHistoryTest {
    private final EvidenceHistory history = new EvidenceHistory();

    private void look(long at) {
        history.add(new Look(at, at, 0));
    }

    @Test
    void shouldKeepFewLooksSpreadOverAllItsTimeAndAlwaysTheNewest() {
        for (int at = 0; at <= 100_000; at++) {
            look(at);
            assertThat(history.looks()).hasSizeLessThanOrEqualTo(EvidenceHistory.MOST);
            assertThat(history.looks().get(history.looks().size() - 1).at()).isEqualTo(at);
        }

        List<Look> looks = history.looks();
        assertThat(looks).hasSizeGreaterThan(90);
        assertThat(looks.get(0).at()).isZero();
        for (int i = 1; i < looks.size(); i++) {
            assertThat(looks.get(i).at() - looks.get(i - 1).at()).isBetween(1L, 1_200L);
        }
    }

    @Test
    void shouldForgetWhatAClockHadToldThatWasSetBack() {
        look(10);
        look(20);
        look(30);
        look(20);

        assertThat(history.looks()).extracting(Look::at).containsExactly(10L, 20L);
    }
}
