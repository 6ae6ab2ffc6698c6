package dev.hemline.control.labellers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabellersCommandTest {
    private static final String NOWHERE = " --bootstrap-servers localhost:1";

    private static String errors(String line) {
        var errors = new StringWriter();
        int exitCode = CommandLineApp.of(new LabellersCommand(), Map.of())
                .setErr(new PrintWriter(errors, true))
                .execute(line.split(" ", -1));
        assertThat(exitCode).isNotZero();
        return errors.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "quarantine anna", "lift anna"})
    void shouldSayAtOnceThatNoBrokerListens(String line) {
        assertThat(errors(line + NOWHERE)).contains("localhost:1: Connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lift", "quarantine"})
    void shouldAskWhoIsMeant(String line) {
        assertThat(errors(line + NOWHERE)).contains("NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lift", "quarantine"})
    void shouldRefuseWhatNobodyCanBeCalledAndReasonsWithoutEnd(String line) {
        assertThat(errors(line + " " + "x".repeat(1_025) + NOWHERE)).contains("its name has 1025 characters");
        assertThat(errors(line + " anna --reason " + "x".repeat(501) + NOWHERE))
                .contains("--reason has 501 characters");
    }
}
