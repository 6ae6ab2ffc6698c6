package dev.hemline.testbed.child;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import dev.hemline.quickstart.Hemline;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildProcess.ChildFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldRunTheProgramThatPeopleRun() {
        assertThat(ChildCommand.MAIN).isEqualTo(Hemline.class.getName());
    }

    @Test
    void shouldEndInOrderWhenAskedTo() throws Exception {
        try (ChildProcess child = ChildProcess.start(watch().atLowPriority(), folder.resolve("watch.log"))) {
            child.requireRunning();

            child.stop(PATIENCE);
            child.stop(PATIENCE);

            assertThatNoException().as("an end that was asked for").isThrownBy(child::requireRunning);
        }
    }

    @Test
    void shouldTellHowAChildFailedAndWhatItSaidLast() {
        ChildCommand wrong = ChildCommand.of("watch", "64m", List.of("--no-such-flag"));
        try (ChildProcess child = ChildProcess.start(wrong, folder.resolve("watch.log"))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatExceptionOfType(ChildFailure.class)
                            .isThrownBy(child::requireRunning)
                            .withMessage("The watch ended by itself with exit code 2"));

            assertThat(child.lastLines()).last().asString().contains("--no-such-flag");
        }
    }

    @Test
    void shouldEndWhenItsParentIsKilled() throws IOException {
        Process parent = new ProcessBuilder("sleep", "600").start();
        ProcessBuilder builder = new ProcessBuilder(watch().words());
        builder.environment().putAll(Map.of(ParentWatch.VARIABLE, Long.toString(parent.pid())));
        Process child = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        try {
            await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(child::isAlive);

            parent.destroyForcibly();

            await().atMost(PATIENCE).until(() -> !child.isAlive());
            assertThat(Files.readString(folder.resolve("child.log"))).doesNotContain("Exception");
        } finally {
            child.destroyForcibly();
        }
    }

    private static ChildCommand watch() {
        return ChildCommand.of("watch", "128m", List.of("--bootstrap-servers", BROKER.bootstrapServers()));
    }
}
