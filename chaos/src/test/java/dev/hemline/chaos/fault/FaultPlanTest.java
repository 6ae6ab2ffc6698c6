package dev.hemline.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.chaos.fault.Fault.FreezeClassifier;
import dev.hemline.chaos.fault.Fault.KillBroker;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    @Test
    void shouldPlanTheSameForTheSameSeed() {
        assertThat(waves(7)).isEqualTo(waves(7)).isNotEqualTo(waves(8));
    }

    @Test
    void shouldDealEveryKindAboutAsOftenAsEveryOther() {
        List<Fault> faults =
                waves(1).stream().flatMap(wave -> wave.faults().stream()).toList();

        assertThat(faults.subList(0, 5)).extracting(Fault::kind).doesNotHaveDuplicates();
        assertThat(faults.subList(5, 10)).extracting(Fault::kind).doesNotHaveDuplicates();
    }

    @Test
    void shouldHitDifferentPartsInOneWaveAndNeverTwoBrokers() {
        List<Wave> pairs =
                waves(3).stream().filter(wave -> wave.faults().size() == 2).toList();

        assertThat(pairs).isNotEmpty().allSatisfy(wave -> {
            assertThat(wave.faults().stream().filter(KillBroker.class::isInstance))
                    .hasSizeLessThan(2);
            assertThat(wave.faults()).extracting(FaultPlanTest::classifier).doesNotHaveDuplicates();
        });
    }

    @Test
    void shouldFreezeForLongerThanASession() {
        assertThat(waves(1).stream().flatMap(wave -> wave.faults().stream()))
                .filteredOn(FreezeClassifier.class::isInstance)
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.lasts()).isGreaterThan(Duration.ofSeconds(10)));
    }

    private static List<Wave> waves(long seed) {
        return Stream.generate(new FaultPlan(seed)::next).limit(50).toList();
    }

    private static int classifier(Fault fault) {
        if (fault instanceof Fault.KillClassifier kill) {
            return kill.which();
        } else if (fault instanceof Fault.StopClassifier stop) {
            return stop.which();
        } else if (fault instanceof FreezeClassifier freeze) {
            return freeze.which();
        } else if (fault instanceof Fault.PauseNetwork pause) {
            return pause.which();
        }
        return -1;
    }
}
