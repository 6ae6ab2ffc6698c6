package dev.hemline.testbed.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A verb of Hemline that runs in a JVM of its own and writes to a log file. It ends when this process does. */
public final class ChildProcess implements AutoCloseable {
    /** What a JVM exits with when it ended in order on SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    private static final int LAST_LINES = 12;

    private final String name;
    private final Process process;
    private final Path log;
    private boolean stopped;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** A child process is not there any more, or did not go as it should have. */
    public static final class ChildFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ChildProcess child;

        private ChildFailure(String message, ChildProcess child) {
            super(message);
            this.child = child;
        }

        public ChildProcess child() {
            return child;
        }
    }

    /** Runs a command; what it prints is appended to {@code log}. */
    public static ChildProcess start(ChildCommand command, Path log) {
        return start(command, Map.of(), log);
    }

    /** @param environment what it finds there beside what this process has that is for it */
    public static ChildProcess start(ChildCommand command, Map<String, String> environment, Path log) {
        var builder = new ProcessBuilder(command.words()).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Settings for somebody else's brokers would keep it from ours.
        builder.environment().keySet().removeIf(ChildProcess::isForOtherPrograms);
        // The launcher's settings for libtorch come along; where there was no launcher, this one counts most.
        builder.environment().putIfAbsent("OMP_WAIT_POLICY", "passive");
        builder.environment().putAll(environment);
        builder.environment()
                .put(ParentWatch.VARIABLE, Long.toString(ProcessHandle.current().pid()));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new ChildProcess(command.verb(), process, log);
        } catch (IOException e) {
            throw new UserError("The " + command.verb() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Everything a child has to know stands on its command line, but for how much it logs. */
    private static boolean isForOtherPrograms(String variable) {
        return variable.startsWith("KAFKA_") || (variable.startsWith("HEMLINE_") && !variable.endsWith("LOG_LEVEL"));
    }

    /** Its number, as the system knows it. */
    public long pid() {
        return process.pid();
    }

    /** Where it prints to. */
    public Path log() {
        return log;
    }

    /** @throws ChildFailure if it is not running any more, though nobody stopped it */
    public void requireRunning() {
        if (endedByItself()) {
            throw new ChildFailure("The " + name + " ended by itself with exit code " + process.exitValue(), this);
        }
    }

    /**
     * Asks it to end and waits for that. Asking again does nothing.
     *
     * @throws ChildFailure if it does not end in time or tells of a failure
     */
    public void stop(Duration patience) throws InterruptedException {
        requireRunning();
        if (stopped) {
            return;
        }
        stopped = true;
        process.destroy();
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ChildFailure("The " + name + " did not end within " + patience.toSeconds() + " s", this);
        }
        int exitCode = process.exitValue();
        if (exitCode != 0 && exitCode != TERMINATED) {
            throw new ChildFailure("The " + name + " ended with exit code " + exitCode, this);
        }
    }

    /** The end of what it said. */
    public List<String> lastLines() {
        try (Stream<String> lines = Files.lines(log, UTF_8)) {
            List<String> all = lines.toList();
            return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
        } catch (IOException | UncheckedIOException e) {
            return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
        }
    }

    /** Whether it has ended, whoever ended it. */
    public boolean ended() {
        return !process.isAlive();
    }

    /** Whether it is not there any more, though nobody here ended it. */
    public boolean endedByItself() {
        return !stopped && !process.isAlive();
    }

    /** SIGKILL: nothing is finished, nothing handed over. It is gone when this returns. */
    public void kill() throws InterruptedException {
        stopped = true;
        process.destroyForcibly().waitFor();
    }

    /** Ends it at once, if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
