package dev.hemline.quickstart.demo.screen;

import dev.hemline.quickstart.demo.live.LiveStatus;
import dev.hemline.service.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** Where a demo tells a person what goes on. For one thread. */
public interface Screen extends AutoCloseable {
    /**
     * Everything that is shown about a running demo.
     *
     * @param doing what goes on, for instance "sending images"
     * @param elapsed since the first image was sent
     * @param length how long it is to go on; empty until Ctrl-C
     * @param training empty until one has begun
     * @param notReady why the classifier does not answer yet; empty when it does
     */
    record Status(
            String doing,
            Duration elapsed,
            Optional<Duration> length,
            LiveStatus live,
            Optional<TrainingStatus> training,
            Optional<String> notReady) {}

    /** Prints a line that stays. */
    void say(String line);

    /** Shows the present status in place of the former one; may be called more often than it shows. */
    void show(Status status);

    /** Leaves the last status standing; what is said from now on stands below it. */
    void settle();

    @Override
    void close();

    /** A block refreshed in place on a terminal, a line now and then elsewhere. */
    static Screen here() {
        PrintStream out = System.out;
        if (Terminal.present()) {
            try {
                return TerminalScreen.open();
            } catch (IOException e) {
                out.println("(no status block: " + e.getMessage() + ")");
            }
        }
        return new LogScreen(out);
    }
}
