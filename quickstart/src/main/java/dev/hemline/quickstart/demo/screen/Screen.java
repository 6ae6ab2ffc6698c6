package dev.hemline.quickstart.demo.screen;

import dev.hemline.service.Terminal;
import java.io.IOException;
import java.io.PrintStream;

/** Where a demo tells a person what goes on. For one thread. */
public interface Screen extends AutoCloseable {
    /** Prints a line that stays. */
    void say(String line);

    /** Shows the present status in place of the former one; may be called more often than it shows. */
    void show(DemoStatus status);

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
