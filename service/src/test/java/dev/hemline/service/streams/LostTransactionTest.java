package dev.hemline.service.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class LostTransactionTest {
    @Test
    void shouldTellAThreadWhoseTransactionBrokersAbortedFromOneThatCannotGoOn() {
        assertThat(LostTransaction.caused(new StreamsException(
                        "Error encountered trying to commit a transaction",
                        new InvalidTxnStateException("invalid state"))))
                .isTrue();
        assertThat(LostTransaction.caused(new StreamsException("no", new TopicAuthorizationException("models"))))
                .isFalse();
    }
}
