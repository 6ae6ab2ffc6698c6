package dev.hemline.service;

import java.io.Console;

/** Whether a person watches: bars that redraw themselves are for terminals, not for log files. */
public final class Terminal {
    private Terminal() {}

    /** Whether standard input and output are a terminal that understands escapes. */
    @SuppressWarnings("SystemConsoleNull") // null says "no terminal" up to JDK 21, isTerminal from JDK 22 on
    public static boolean present() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
