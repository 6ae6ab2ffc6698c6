package dev.hemline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifierCommandTest {
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return CommandLineApp.of(new ClassifierCommand(), Map.of())
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    void shouldNotStartWithoutTheKeysItIsToTrust() {
        assertThat(run("--trusted-keys", "missing.pem")).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString()).startsWith("classifier: --trusted-keys: Cannot read key missing.pem");
    }

    @Test
    void shouldNameTheLimitThatMakesNoSense() {
        assertThat(run("--max-model-bytes", "0")).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).contains("--max-model-bytes is at least 1, not 0");
    }
}
