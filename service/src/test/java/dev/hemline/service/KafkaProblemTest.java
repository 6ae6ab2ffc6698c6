package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaProblemTest {
    private static final KafkaSettings KAFKA = KafkaSettings.of("nowhere.invalid:9092");

    @Test
    void shouldNameANameThatCannotBeResolved() {
        // Given what a client really throws
        Throwable failure = catchThrowable(() -> Admin.create(KAFKA.client(Map.of())));

        // Then
        assertThat(KafkaProblem.sentence(KAFKA, failure))
                .isEqualTo("the name of no broker in nowhere.invalid:9092 can be resolved");
        assertThat(KafkaProblem.mayPass(failure)).isTrue();
    }

    @Test
    void shouldSayThatNoBrokerAnswersWhateverTimedOut() {
        var failure = new KafkaException("one", new ExecutionException(new TimeoutException("Timed out: describe")));

        assertThat(KafkaProblem.sentence(KAFKA, failure)).isEqualTo("no broker answers at nowhere.invalid:9092");
        assertThat(KafkaProblem.mayPass(failure)).isTrue();
    }

    @Test
    void shouldNotWaitForARefusalToPass() {
        var failure = new TopicAuthorizationException("Not authorized to access topics: [models]");

        assertThat(KafkaProblem.mayPass(failure)).isFalse();
        assertThat(KafkaProblem.error(KAFKA, failure))
                .hasMessageContaining("Kafka at nowhere.invalid:9092 does not do what is needed: Not authorized");
    }

    @Test
    void shouldGiveUpAtOnceWhereAPersonWaits() {
        assertThatThrownBy(() -> KafkaTopics.ensure(KAFKA, List.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("The name of no broker in nowhere.invalid:9092 can be resolved;");
    }
}
