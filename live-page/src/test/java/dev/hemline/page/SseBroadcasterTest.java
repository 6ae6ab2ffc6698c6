package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.page.SseBroadcaster.Watcher;
import org.junit.jupiter.api.Test;

class SseBroadcasterTest {
    private static final Message NEWS = Message.of("news", "x");

    private final SseBroadcaster watchers = new SseBroadcaster(2);

    @Test
    void shouldTellEveryWatcher() throws Exception {
        Watcher one = watchers.join().orElseThrow();
        Watcher other = watchers.join().orElseThrow();

        watchers.tell(NEWS);

        assertThat(one.next()).contains(NEWS);
        assertThat(other.next()).contains(NEWS);
    }

    @Test
    void shouldTakeNoMoreThanItHasRoomForUntilSomebodyGoes() {
        Watcher one = watchers.join().orElseThrow();
        assertThat(watchers.join()).isPresent();

        assertThat(watchers.join()).isEmpty();

        one.close();
        assertThat(watchers.join()).isPresent();
    }

    @Test
    void shouldLetGoWhoDoesNotKeepUpAndNoneElse() throws Exception {
        Watcher asleep = watchers.join().orElseThrow();
        Watcher awake = watchers.join().orElseThrow();

        for (int i = 0; i < 1_000; i++) {
            watchers.tell(NEWS);
            assertThat(awake.next()).contains(NEWS);
        }

        assertThat(asleep.next()).isEmpty();
    }

    @Test
    void shouldLetEverybodyGoWhenItEnds() throws Exception {
        Watcher one = watchers.join().orElseThrow();

        watchers.close();

        assertThat(one.next()).isEmpty();
        assertThat(watchers.join()).isEmpty();
    }
}
