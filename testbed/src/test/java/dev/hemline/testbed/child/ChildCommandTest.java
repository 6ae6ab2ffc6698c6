package dev.hemline.testbed.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildCommandTest {
    private final ChildCommand command = ChildCommand.of("classifier", "512m", List.of("--http-port", "0"));

    @Test
    void shouldTakeOurClassPath() {
        assertThat(command.words()).containsSequence("-cp", System.getProperty("java.class.path"));
    }

    @Test
    void shouldTakePreferredJarsFirst() {
        ChildCommand preferring = command.with("-Xss1m").preferring(Path.of("jars"));

        assertThat(preferring.words())
                .contains("-Xss1m")
                .containsSequence(
                        "-cp",
                        Path.of("jars", "*") + File.pathSeparator + System.getProperty("java.class.path"),
                        ChildCommand.MAIN,
                        "classifier",
                        "--http-port",
                        "0");
    }
}
