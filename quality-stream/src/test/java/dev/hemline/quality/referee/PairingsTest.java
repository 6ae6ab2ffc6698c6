package dev.hemline.quality.referee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairingsTest {
    private final Pairings<Integer> pairings = new Pairings<>();

    private List<Pairing> add(String model, int champion, int challenger) {
        pairings.of(new Pairing(model, champion, challenger), () -> 0);
        return pairings.makeRoom();
    }

    @Test
    void shouldLetThePairOfTheOldestVersionsGo() {
        for (int version = 2; version < 2 + Pairings.MOST; version++) {
            assertThat(add("m", version - 1, version)).isEmpty();
        }

        assertThat(add("m", 200, 201)).containsExactly(new Pairing("m", 1, 2));
        assertThat(add("m", 1, 2)).as("it does not come back").containsExactly(new Pairing("m", 1, 2));
        assertThat(pairings.get(new Pairing("m", 1, 2))).isNull();
        assertThat(pairings.get(new Pairing("m", 200, 201))).isZero();
    }

    @Test
    void shouldMakeAllTheRoomThatIsMissing() {
        for (int version = 2; version < 12 + Pairings.MOST; version++) {
            pairings.of(new Pairing("m", version - 1, version), () -> 0);
        }

        assertThat(pairings.makeRoom()).hasSize(10).contains(new Pairing("m", 10, 11));
        assertThat(pairings.all()).hasSize(Pairings.MOST);
    }

    @Test
    void shouldKeepRoomForAnotherModel() {
        for (int version = 2; version < 2 + Pairings.MOST; version++) {
            add("m", version - 1, version);
        }

        assertThat(add("another", 1, 2)).containsExactly(new Pairing("m", 1, 2));
        assertThat(pairings.all()).hasSize(Pairings.MOST).contains(new Pairing("another", 1, 2));
    }
}
