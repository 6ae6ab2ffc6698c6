package dev.hemline.chaos.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class BadModelTest {
    /** But one: classifiers under attack are not to die of anything else. */
    @Test
    void shouldMakeABadModelForEveryReasonThatClassifiersRefuseFor() {
        assertThat(Arrays.stream(BadModel.values()).map(BadModel::reason))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Reason.CRASHED)));
    }
}
