package dev.hemline.quickstart.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchCommandIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void threeResults() throws Exception {
        var results = EventSerde.of(Classification.class);
        try (var producer = BROKER.clients().bytesProducer()) {
            for (String id : new String[] {"a", "b", "c"}) {
                byte[] value = results.encode(TestEvents.classification(id, 1).build());
                // One partition, so that they come in this order.
                producer.send(new ProducerRecord<>(Topics.CLASSIFICATIONS.name(), 0, id.getBytes(UTF_8), value))
                        .get();
            }
        }
    }

    private int watch(OutputStream to, String... args) {
        return CommandLineApp.of(new WatchCommand(new PrintStream(to, true, UTF_8)), Map.of())
                .setErr(new PrintWriter(errors))
                .execute(args);
    }

    @Test
    void shouldPrintAsManyResultsAsAskedFor() {
        int exitCode = watch(
                out, "--bootstrap-servers", BROKER.bootstrapServers(), "--from-beginning", "--count", "2", "--json");

        assertThat(exitCode).isZero();
        assertThat(out.toString(UTF_8).lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("{")
                .contains("\"id\":\"a\"");
    }

    @Test
    void shouldEndQuietlyWhenThePipeIsClosed() {
        var closedPipe = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        int exitCode = watch(closedPipe, "--bootstrap-servers", BROKER.bootstrapServers(), "--from-beginning");

        assertThat(exitCode).isZero();
    }

    @Test
    void shouldSayInOneLineThatNoBrokerAnswers() {
        int exitCode = watch(out, "--bootstrap-servers", "localhost:1");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(errors.toString().lines()).singleElement().asString().contains("No broker answers at localhost:1");
    }
}
