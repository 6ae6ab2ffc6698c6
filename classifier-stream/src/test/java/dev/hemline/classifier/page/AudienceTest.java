package dev.hemline.classifier.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.page.Audience.Watcher;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private static final Message NEWS = Message.of("news", "x");

    private final Audience audience = new Audience(2);

    @Test
    void shouldTellEveryWatcher() throws Exception {
        Watcher one = audience.join().orElseThrow();
        Watcher other = audience.join().orElseThrow();

        audience.tell(NEWS);

        assertThat(one.next()).contains(NEWS);
        assertThat(other.next()).contains(NEWS);
    }

    @Test
    void shouldTakeNoMoreThanItHasRoomForUntilSomebodyGoes() {
        Watcher one = audience.join().orElseThrow();
        assertThat(audience.join()).isPresent();

        assertThat(audience.join()).isEmpty();

        one.close();
        assertThat(audience.join()).isPresent();
    }

    @Test
    void shouldLetGoWhoDoesNotKeepUpAndNoneElse() throws Exception {
        Watcher asleep = audience.join().orElseThrow();
        Watcher awake = audience.join().orElseThrow();

        for (int i = 0; i < 1_000; i++) {
            audience.tell(NEWS);
            assertThat(awake.next()).contains(NEWS);
        }

        assertThat(asleep.next()).isEmpty();
    }

    @Test
    void shouldLetEverybodyGoWhenItEnds() throws Exception {
        Watcher one = audience.join().orElseThrow();

        audience.close();

        assertThat(one.next()).isEmpty();
        assertThat(audience.join()).isEmpty();
    }
}
