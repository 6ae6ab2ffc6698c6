package dev.hemline.testbed.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildCommandTest {
    private final ChildCommand command = ChildCommand.of("classifier", "512m", List.of("--http-port", "0"));

    @Test
    void shouldTakeOurClassPathWithJarsFirst() {
        String[] ours = System.getProperty("java.class.path").split(File.pathSeparator);

        String[] taken = command.classPath().split(File.pathSeparator);

        assertThat(taken).containsExactlyInAnyOrder(ours);
        assertThat(taken[0]).endsWith(".jar");
        assertThat(taken[taken.length - 1]).doesNotEndWith(".jar");
    }

    @Test
    void shouldTakePreferredJarsFirst() {
        ChildCommand preferring = command.with("-Xss1m").preferring(Path.of("jars"));

        assertThat(preferring.words())
                .contains("-Xss1m")
                .containsSequence(
                        "-cp",
                        Path.of("jars", "*") + File.pathSeparator + command.classPath(),
                        ChildCommand.MAIN,
                        "classifier",
                        "--http-port",
                        "0");
    }
}
