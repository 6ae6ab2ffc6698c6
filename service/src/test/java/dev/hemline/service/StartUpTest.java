package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StartUpTest {
    private static final KafkaSettings NOWHERE = KafkaSettings.of("nowhere.invalid:9092");

    @Test
    void shouldSayWhatItWaitsForUntilTheEndIsAskedFor() throws Exception {
        // Given
        var startUp = new StartUp();
        try (StopSignal stop = StopSignal.onTermination(Duration.ofSeconds(1))) {
            // When
            var waiting = CompletableFuture.supplyAsync(() -> startUp.awaitKafka(NOWHERE, Topics.ALL, stop));
            while (startUp.reasonNotReady()
                    .filter(why -> why.contains("can be resolved"))
                    .isEmpty()) {
                assertThat(waiting).isNotDone();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            stop.request();

            // Then
            assertThat(waiting.get()).isFalse();
        }
        assertThat(startUp.reasonNotReady())
                .contains("waiting for Kafka: the name of no broker in nowhere.invalid:9092 can be resolved");
    }

    @Test
    void shouldSayWhatTheAppSaysFromThenOn() {
        var startUp = new StartUp();

        startUp.done(Readiness.ALWAYS);

        assertThat(startUp.reasonNotReady()).isEmpty();
    }
}
