package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.page.SseBroadcaster.Watcher;
import org.junit.jupiter.api.Test;

class SseBroadcasterTest {
    private static final Message NEWS = Message.of("news", "x");

    private final SseBroadcaster watchers = new SseBroadcaster(2, 2);

    @Test
    void shouldTellEveryWatcher() throws Exception {
        Watcher one = watchers.join("10.0.0.1").orElseThrow();
        Watcher other = watchers.join("10.0.0.1").orElseThrow();

        watchers.tell(NEWS);

        assertThat(one.next()).contains(NEWS);
        assertThat(other.next()).contains(NEWS);
    }

    @Test
    void shouldTakeNoMoreThanItHasRoomForUntilSomebodyGoes() {
        Watcher one = watchers.join("10.0.0.1").orElseThrow();
        assertThat(watchers.join("10.0.0.1")).isPresent();

        assertThat(watchers.join("10.0.0.1")).isEmpty();

        one.close();
        assertThat(watchers.join("10.0.0.1")).isPresent();
    }

    @Test
    void shouldLetGoWhoDoesNotKeepUpAndNoneElse() throws Exception {
        Watcher asleep = watchers.join("10.0.0.1").orElseThrow();
        Watcher awake = watchers.join("10.0.0.1").orElseThrow();

        for (int i = 0; i < 1_000; i++) {
            watchers.tell(NEWS);
            assertThat(awake.next()).contains(NEWS);
        }

        assertThat(asleep.next()).isEmpty();
    }

    @Test
    void shouldLetEverybodyGoWhenItEnds() throws Exception {
        Watcher one = watchers.join("10.0.0.1").orElseThrow();

        watchers.close();

        assertThat(one.next()).isEmpty();
        assertThat(watchers.join("10.0.0.1")).isEmpty();
    }
}
