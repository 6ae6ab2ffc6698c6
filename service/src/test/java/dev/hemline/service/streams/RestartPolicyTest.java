package dev.hemline.service.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RestartPolicyTest {
    private final RestartPolicy chances = new RestartPolicy("Classification", Duration.ofMillis(1));

    @Test
    void shouldGiveAnotherThreadAChanceWhereATopicIsGone() {
        assertThat(chances.given(new MissingSourceTopicException("missing"))).isTrue();

        assertThat(chances.trouble())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("a topic that it reads is gone", "hemline topics create"));
    }

    @Test
    void shouldNameTheTopicThatARecordIsTooLargeFor() {
        var failure = new StreamsException(
                "Error encountered sending record to topic classifications for task 0_1 due to:\nToo large.",
                new ExecutionException(new RecordTooLargeException("Too large.")));

        assertThat(chances.given(failure)).isTrue();

        assertThat(chances.trouble())
                .contains("a record is larger than topic classifications takes; raise its max.message.bytes");
    }

    @Test
    void shouldWaitForRoomOnTheDisk() {
        var failure = new ProcessorStateException("Error", new IOException("No space left on device"));

        assertThat(chances.given(failure)).isTrue();

        assertThat(chances.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("No space left on device", "--state-dir"));
    }

    @Test
    void shouldWaitForRoomInTheTemporaryFolder() {
        // Given what Kafka Streams throws when RocksDB's own library cannot be unpacked
        var failure = new StreamsException(
                "Encounter unexpected fatal error for task 0_2",
                new IllegalStateException(
                        "Unable to load the RocksDB shared library", new IOException("No space left on device")));

        assertThat(chances.given(failure)).isTrue();

        assertThat(chances.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("No space left on device", "java.io.tmpdir"));
    }

    @Test
    void shouldWaitForBrokersThatAreSlow() {
        assertThat(chances.given(new StreamsException("late", new TimeoutException("60000 ms"))))
                .isTrue();
    }

    @Test
    void shouldGiveNoneWhereTheFailureIsOurOwn() {
        assertThat(chances.given(new StreamsException("ours", new IllegalStateException("a bug"))))
                .isFalse();

        assertThat(chances.trouble()).isEmpty();
    }

    @Test
    @Timeout(30)
    void shouldNotHoldUpTheEnd() {
        var patient = new RestartPolicy("Classification", Duration.ofHours(1));
        patient.close();

        assertThat(patient.given(new MissingSourceTopicException("missing"))).isTrue();
    }
}
