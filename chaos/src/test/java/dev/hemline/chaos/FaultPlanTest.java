package dev.hemline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.chaos.Fault.Kind;
import dev.hemline.chaos.FaultPlan.Wave;
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
            assertThat(wave.faults().stream().filter(fault -> fault.kind() == Kind.KILL_BROKER))
                    .hasSizeLessThan(2);
            assertThat(wave.faults()).extracting(FaultPlanTest::classifier).doesNotHaveDuplicates();
        });
    }

    @Test
    void shouldFreezeForLongerThanASession() {
        assertThat(waves(1).stream().flatMap(wave -> wave.faults().stream()))
                .filteredOn(fault -> fault.kind() == Kind.FREEZE_CLASSIFIER)
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.lasts()).isGreaterThan(Duration.ofSeconds(10)));
    }

    private static List<Wave> waves(long seed) {
        return Stream.generate(new FaultPlan(seed, 4)::next).limit(50).toList();
    }

    private static int classifier(Fault fault) {
        return fault.kind() == Kind.KILL_BROKER ? -1 : fault.which();
    }
}
