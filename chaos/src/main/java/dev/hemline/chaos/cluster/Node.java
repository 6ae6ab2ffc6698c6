package dev.hemline.chaos.cluster;

import dev.hemline.service.ResidentMemory;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.child.ChildProcess.ChildFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A program in a JVM of its own that is killed, stopped, frozen and started again. For one thread. */
public class Node implements AutoCloseable {
    private final String name;
    private final ChildCommand command;
    private final Path log;
    private ChildProcess process;

    /**
     * Starts it.
     *
     * @param log what it prints is appended here, start after start
     */
    public Node(String name, ChildCommand command, Path log) {
        this.name = name;
        this.command = command;
        this.log = log;
        process = ChildProcess.start(command, log);
    }

    /** Again, after it has ended. */
    public void start() {
        process = ChildProcess.start(command, log);
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM, and waits for the end; SIGKILL if it does not come in order and in time. */
    public void stop(Duration patience) throws InterruptedException {
        try {
            process.stop(patience);
        } catch (ChildFailure e) {
            process.kill();
        }
    }

    /** SIGSTOP: it is there and does nothing. */
    public void freeze() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UserError("Signals cannot be sent here; chaos needs the command 'kill': " + e.getMessage(), e);
        }
    }

    /** What the system gave it, heap and native; 0 where it is not there. */
    public long residentBytes() {
        try {
            return ResidentMemory.ofProcess(process.pid());
        } catch (UserError e) {
            return 0;
        }
    }

    /** Whether it is not there any more, though nobody here ended it. */
    public boolean endedByItself() {
        return process.endedByItself();
    }

    public Path log() {
        return log;
    }

    /** What it said last. */
    public String lastLines() {
        return String.join(System.lineSeparator(), process.lastLines());
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
