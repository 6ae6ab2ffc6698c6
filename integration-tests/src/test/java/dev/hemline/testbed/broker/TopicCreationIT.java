package dev.hemline.testbed.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.hemline.control.topics.TopicsCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicCreation;
import dev.hemline.topic.TopicCreation.Outcome;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TopicCreationIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @Test
    void shouldFindEveryTopicAsExpectedWhenRunAgain() {
        try (Admin admin = BROKER.clients().admin()) {
            List<Outcome> again = new TopicCreation(admin).ensure(Topics.ALL);

            assertThat(again)
                    .hasSameSizeAs(Topics.ALL)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.AsExpected.class));
        }
    }

    @Test
    void shouldTellAPersonThatEveryTopicIsThere() {
        var out = new StringWriter();

        int exitCode = CommandLineApp.of(new TopicsCommand(), Map.of())
                .setOut(new PrintWriter(out))
                .execute("create", "--bootstrap-servers", BROKER.bootstrapServers());

        assertThat(exitCode).isZero();
        assertThat(out.toString().lines())
                .containsExactlyElementsOf(Topics.ALL.stream()
                        .map(topic -> "was there   " + topic.name())
                        .toList());
    }

    @Test
    void shouldCreateAMissingTopicOnce() {
        Topic<String, String> topic = topic("made-once", 3, Map.of("cleanup.policy", "compact"));
        try (Admin admin = BROKER.clients().admin()) {
            var creation = new TopicCreation(admin);

            assertThat(creation.ensure(List.of(topic))).containsExactly(new Outcome.Created("made-once"));
            assertThat(creation.ensure(List.of(topic))).containsExactly(new Outcome.AsExpected("made-once"));
        }
    }

    @Test
    void shouldTellEveryDifferenceOfAnExistingTopicAndLeaveIt() throws ExecutionException, InterruptedException {
        try (Admin admin = BROKER.clients().admin()) {
            admin.createTopics(List.of(new NewTopic("older", 2, (short) 1)))
                    .all()
                    .get();

            List<Outcome> outcomes =
                    new TopicCreation(admin).ensure(List.of(topic("older", 4, Map.of("cleanup.policy", "compact"))));

            assertThat(outcomes)
                    .singleElement()
                    .asInstanceOf(type(Outcome.Differs.class))
                    .extracting(Outcome.Differs::differences, list(String.class))
                    .containsExactly(
                            "it has 2 partitions, Hemline would have made 4",
                            "cleanup.policy is delete, Hemline would have set compact (what is older than its"
                                    + " retention.ms is deleted, the newest of each key too)");
            assertThat(admin.describeTopics(List.of("older")).allTopicNames().get())
                    .extractingByKey("older")
                    .satisfies(found -> assertThat(found.partitions()).hasSize(2));
        }
    }

    @Test
    void shouldGiveATopicItsSettingsWhenAskedToAndLeaveItsPartitions() throws ExecutionException, InterruptedException {
        try (Admin admin = BROKER.clients().admin()) {
            Topic<String, String> topic = topic("repaired", 4, Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(new NewTopic("repaired", 2, (short) 1)))
                    .all()
                    .get();

            new TopicCreation(admin).repair(List.of(topic));

            assertThat(new TopicCreation(admin).ensure(List.of(topic)))
                    .containsExactly(new Outcome.Differs(
                            "repaired", List.of("it has 2 partitions, Hemline would have made 4"), false));
        }
    }

    @Test
    void shouldNotWorkWithSeveralPartitionsWhereOrderCounts() throws ExecutionException, InterruptedException {
        try (Admin admin = BROKER.clients().admin()) {
            admin.createTopics(List.of(new NewTopic("out-of-order", 3, (short) 1)))
                    .all()
                    .get();
        }
        Topic<String, String> topic = topic("out-of-order", 1, Map.of());

        assertThatThrownBy(() -> KafkaTopics.ensure(BROKER.settings(), List.of(topic)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Topic out-of-order cannot be used: it has 3 partitions");
    }

    private static Topic<String, String> topic(String name, int partitions, Map<String, String> config) {
        return new Topic<>(name, Serdes.String(), Serdes.String(), partitions, config);
    }
}
