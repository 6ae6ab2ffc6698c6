package dev.hemline.service.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RestartPolicyTest {
    private final List<Throwable> ended = new ArrayList<>();
    private final RestartPolicy policy = new RestartPolicy("Classification", ended::add, Duration.ofMillis(1));

    @Test
    void shouldReplaceTheThreadWhereATopicIsGone() {
        assertThat(policy.handle(new MissingSourceTopicException("missing"))).isEqualTo(REPLACE_THREAD);

        assertThat(policy.trouble())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("a topic that it reads is gone", "hemline topics create"));
    }

    @Test
    void shouldNameTheTopicThatARecordIsTooLargeFor() {
        var failure = new StreamsException(
                "Error encountered sending record to topic classifications for task 0_1 due to:\nToo large.",
                new ExecutionException(new RecordTooLargeException("Too large.")));

        assertThat(policy.handle(failure)).isEqualTo(REPLACE_THREAD);

        assertThat(policy.trouble())
                .contains("a record is larger than topic classifications takes; raise its max.message.bytes");
    }

    @Test
    void shouldWaitForRoomOnTheDisk() {
        var failure = new ProcessorStateException("Error", new IOException("No space left on device"));

        assertThat(policy.handle(failure)).isEqualTo(REPLACE_THREAD);

        assertThat(policy.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("No space left on device", "--state-dir"));
    }

    @Test
    void shouldNotTakeWhatWasRestoredAndMakesNoSenseForAFullDisk() {
        var failure = new ProcessorStateException("Error restoring", new IndexOutOfBoundsException());

        assertThat(policy.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ended).containsExactly(failure);
    }

    @Test
    void shouldWaitForRoomInTheTemporaryFolder() {
        // Given what Kafka Streams throws when RocksDB's own library cannot be unpacked
        var failure = new StreamsException(
                "Encounter unexpected fatal error for task 0_2",
                new IllegalStateException(
                        "Unable to load the RocksDB shared library", new IOException("No space left on device")));

        assertThat(policy.handle(failure)).isEqualTo(REPLACE_THREAD);

        assertThat(policy.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("No space left on device", "java.io.tmpdir"));
    }

    @Test
    void shouldWaitForAClockThatIsRight() {
        for (Exception refused : List.of(
                new InvalidTimestampException("Timestamp 5 is out of range"),
                new InvalidRecordException("Timestamp 5 is out of range"))) {
            var failure = new StreamsException("Error sending record to topic scores for task 0_1", refused);

            assertThat(policy.handle(failure)).isEqualTo(REPLACE_THREAD);

            assertThat(policy.trouble())
                    .contains("topic scores takes no record of this time or form, is this machine's clock right?"
                            + " Timestamp 5 is out of range");
        }
    }

    @Test
    void shouldWaitForBrokersThatAreSlow() {
        assertThat(policy.handle(new StreamsException("late", new TimeoutException("60000 ms"))))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldEndWhereTheFailureIsOurOwn() {
        assertThat(policy.handle(new StreamsException("ours", new IllegalStateException("a bug"))))
                .isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ended).hasSize(1);
        assertThat(policy.trouble()).isEmpty();
    }

    @Test
    void shouldNotTakeAFailedHandshakeForAFullDisk() {
        var failure = new StreamsException(
                "Fetching failed",
                new SslAuthenticationException(
                        "SSL handshake failed", new SSLHandshakeException("certificate_expired")));

        assertThat(policy.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);

        assertThat(ended).containsExactly(failure);
        assertThat(policy.trouble()).isEmpty();
    }

    @Test
    void shouldNotTakeABrokenConnectionForAFullDisk() {
        assertThat(RestartPolicy.fault(new StreamsException("lost", new SocketException("Connection reset"))))
                .isEmpty();
    }

    @Test
    void shouldEndWhereTheThreadIsOneThatCannotBeReplaced() throws Exception {
        var failure = new StreamsException("late", new TimeoutException("60000 ms"));
        var answers = new ArrayList<Object>();

        Thread global = new Thread(() -> answers.add(policy.handle(failure)), "app-GlobalStreamThread");
        global.start();
        global.join();

        assertThat(answers).containsExactly(SHUTDOWN_CLIENT);
        assertThat(ended).containsExactly(failure);
    }

    @Test
    void shouldGoOnWhereBrokersAbortedATransactionThatTookTooLong() {
        var failure = new StreamsException(
                "Error encountered trying to commit a transaction", new InvalidTxnStateException("invalid state"));

        assertThat(policy.handle(failure)).isEqualTo(REPLACE_THREAD);

        assertThat(policy.trouble()).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    @Timeout(30)
    void shouldNotHoldUpTheEnd() {
        var patient = new RestartPolicy("Classification", ended::add, Duration.ofHours(1));
        patient.close();

        assertThat(patient.handle(new MissingSourceTopicException("missing"))).isEqualTo(REPLACE_THREAD);
    }
}
