package dev.hemline.quickstart.demo.live;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.demo.live.LiveStatus.PublishedModel;
import dev.hemline.quickstart.demo.live.LiveStatus.Serving;
import dev.hemline.quickstart.demo.live.LiveStatus.Swap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwapTest {
    private static final Serving V2 = serving(2, Optional.of(new PublishedModel(2, 0.803, NOON)));
    private static final Serving V3 = serving(3, Optional.of(new PublishedModel(3, 0.861, NOON)));

    @Test
    void shouldTellWhatASwapChanges() {
        var swap = new Swap(NOON, V3, Optional.of(V2));

        assertThat(swap.sentence()).isEqualTo("v3 now serving: validation accuracy 86.1 %, was v2 with 80.3 %");
    }

    @Test
    void shouldTellOfTheFirstModel() {
        assertThat(new Swap(NOON, V2, Optional.empty()).sentence())
                .isEqualTo("v2 now serving: validation accuracy 80.3 %, the first model");
    }

    @Test
    void shouldTellNoFiguresOfAModelWhoseManifestWasNotSeen() {
        assertThat(new Swap(NOON, serving(2, Optional.empty()), Optional.empty()).sentence())
                .isEqualTo("v2 now serving, the first model");
    }

    private static Serving serving(int version, Optional<PublishedModel> model) {
        return new Serving("fashion-mnist", version, model);
    }
}
