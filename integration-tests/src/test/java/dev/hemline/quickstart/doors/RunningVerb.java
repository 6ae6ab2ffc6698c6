package dev.hemline.quickstart.doors;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.hemline.quickstart.Hemline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A verb of Hemline in a thread of this JVM, and everything that it says. */
final class RunningVerb implements AutoCloseable {
    private final StringWriter said = new StringWriter();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.append(event.getFormattedMessage()).append('\n');
        }
    };
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.hemline");
    private final @Nullable Level level = ours.getLevel();
    private final FutureTask<Integer> exitCode;
    private final Thread thread;

    private RunningVerb(List<String> arguments) {
        var writer = new PrintWriter(said, true);
        String[] args = arguments.toArray(String[]::new);
        exitCode = new FutureTask<>(() -> Hemline.commandLine(Map.of(), args)
                .setOut(writer)
                .setErr(writer)
                .execute(args));
        thread = new Thread(exitCode, "verb-" + arguments.get(0));
    }

    static RunningVerb start(List<String> arguments) {
        RunningVerb verb = new RunningVerb(arguments);
        verb.log.setContext(verb.ours.getLoggerContext());
        verb.log.start();
        verb.ours.addAppender(verb.log);
        // As in production, and not on the tests' own output.
        verb.ours.setLevel(Level.INFO);
        verb.ours.setAdditive(false);
        verb.thread.start();
        return verb;
    }

    /** Waits until it has ended by itself, or that is so. */
    void awaitEndOr(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> exitCode.isDone() || condition.call());
    }

    boolean ended() {
        return exitCode.isDone();
    }

    /** What it has printed and logged so far. */
    String said() {
        return said.toString();
    }

    /** Waits for its end. */
    int exitCode() throws Exception {
        return exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Asks it to end, and waits for that. */
    int stop() throws Exception {
        thread.interrupt();
        return exitCode();
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        thread.join(PATIENCE.toMillis());
        ours.setAdditive(true);
        ours.setLevel(level);
        ours.detachAppender(log);
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " does not end when it is asked to");
        }
    }
}
