package dev.hemline.control.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import dev.hemline.topic.TopicCreation.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {
    @Test
    void shouldTellWhatBecameOfEachTopic() {
        assertThat(TopicsCommand.Create.line(new Outcome.Created("models"))).isEqualTo("created     models");
        assertThat(TopicsCommand.Create.line(new Outcome.AsExpected("models"))).isEqualTo("was there   models");
        assertThat(TopicsCommand.Create.line(
                        new Outcome.Differs("models", List.of("it has 2 partitions", "it is deleted"), true)))
                .isEqualTo("differs     models: it has 2 partitions; it is deleted");
        assertThat(TopicsCommand.Create.line(new Outcome.Unusable("models", "it has 2 partitions")))
                .isEqualTo("unusable    models: it has 2 partitions; delete it and run this again");
    }

    @Test
    void shouldNameTheTopicsThatThereAreWhenAskedToRepairAnother() {
        var errors = new StringWriter();

        int exitCode = CommandLineApp.of(new TopicsCommand(), Map.of())
                .setErr(new PrintWriter(errors))
                .execute("create", "--repair", "model");

        assertThat(exitCode).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(errors.toString()).contains("--repair takes one of [image-events, ", "not 'model'");
    }

    @Test
    void shouldSayInOneLineThatNoBrokerCanBeThere() {
        var errors = new StringWriter();

        int exitCode = CommandLineApp.of(new TopicsCommand(), Map.of())
                .setErr(new PrintWriter(errors))
                .execute("create", "--bootstrap-servers", "no port");

        assertThat(exitCode).isNotZero();
        assertThat(errors.toString().lines()).singleElement().asString().contains("no port");
    }
}
