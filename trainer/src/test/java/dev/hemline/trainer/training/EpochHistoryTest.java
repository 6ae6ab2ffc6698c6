package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochHistoryTest {
    private final EpochHistory history = new EpochHistory();

    @Test
    void shouldFindTheEpochThatValidatedBest() {
        add(0.5, 1.0);
        add(0.9, 0.4);
        add(0.9, 0.3);
        add(0.9, 0.3);
        add(0.8, 0.1);

        assertThat(history.best().epoch()).isEqualTo(3);
    }

    @Test
    void shouldLosePatienceAfterSoManyEpochsWithoutABetterOne() {
        add(0.9, 0.4);
        assertThat(history.hasLost(1)).isFalse();

        add(0.8, 0.4);
        assertThat(history.hasLost(1)).isTrue();
        assertThat(history.hasLost(2)).isFalse();

        add(0.91, 0.4);
        assertThat(history.hasLost(1)).isFalse();
    }

    @Test
    void shouldNeverLosePatienceWhenThereIsNoLimit() {
        add(0.9, 0.4);
        add(0.1, 0.4);

        assertThat(history.hasLost(0)).isFalse();
    }

    private void add(double accuracy, double loss) {
        int epoch = history.size() + 1;
        history.add(new EpochResult(epoch, epoch * 1000L, 0.1, 1, 0.5, loss, accuracy, 1));
    }
}
