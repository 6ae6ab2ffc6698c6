package dev.hemline.classifier.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.classifier.FakeModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {
    private final ModelRegistry registry = new ModelRegistry();
    private final FakeModel first = new FakeModel(1);
    private final FakeModel second = new FakeModel(2);

    @Test
    void shouldLeaseNothingBeforeTheFirstModel() {
        assertThat(registry.acquire()).isEmpty();
        assertThat(registry.serving()).isEmpty();
    }

    @Test
    void shouldFreeAReplacedModelAtOnceWhenNobodyHoldsIt() {
        registry.swap(first);

        registry.swap(second);

        assertThat(first.closed).isTrue();
        assertThat(second.closed).isFalse();
    }

    @Test
    void shouldKeepAReplacedModelUntilItsLastLeaseIsGivenBack() {
        registry.swap(first);
        ModelRegistry.Lease one = registry.acquire().orElseThrow();
        ModelRegistry.Lease other = registry.acquire().orElseThrow();
        registry.swap(second);

        one.close();
        one.close();

        assertThat(first.closed).isFalse();
        other.close();
        assertThat(first.closed).isTrue();
    }

    @Test
    void shouldTellListenersWhatServesNow() {
        List<Integer> versions = new ArrayList<>();
        registry.onSwap(manifest -> versions.add(manifest.getVersion()));

        registry.swap(first);
        registry.swap(second);

        assertThat(versions).containsExactly(1, 2);
    }

    @Test
    void shouldFreeTheLastModelAndTakeNoMoreWhenClosed() {
        registry.swap(first);

        registry.close();

        assertThat(first.closed).isTrue();
        assertThatThrownBy(() -> registry.swap(second)).isInstanceOf(IllegalStateException.class);
        assertThat(second.closed).isTrue();
    }
}
