package dev.hemline.control.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsCommandTest {
    private static String errors(String line) {
        StringWriter errors = new StringWriter();
        CommandLineApp.of(new ModelsCommand(), Map.of())
                .setErr(new PrintWriter(errors))
                .execute(line.split(" "));
        return errors.toString();
    }

    /** Kafka's own client does not tell that nobody listens there, and takes a quarter of a minute. */
    @ParameterizedTest
    @ValueSource(strings = {"list", "pin 3", "unpin", "rollback", "retire 3"})
    void shouldSayAtOnceThatNoBrokerListens(String line) {
        assertThat(errors(line + " --bootstrap-servers localhost:1")).contains("localhost:1: Connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "pin 3 --signing-key nowhere.pem", "rollback"})
    void shouldReadKeysBeforeItAsksABroker(String line) {
        assertThat(errors(line + " --trusted-keys nowhere.pem --bootstrap-servers localhost:1"))
                .contains("Cannot read key nowhere.pem")
                .doesNotContain("broker");
    }
}
