package dev.hemline.chaos.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BadModelTest {
    @Test
    void shouldMakeABadModelForEveryReasonThatClassifiersRefuseFor() {
        assertThat(Arrays.stream(BadModel.values()).map(BadModel::reason)).containsExactlyInAnyOrder(Reason.values());
    }
}
