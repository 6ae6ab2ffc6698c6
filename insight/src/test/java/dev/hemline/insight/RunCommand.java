package dev.hemline.insight;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/**
 * A command that has run.
 *
 * @param code its exit code
 */
public record RunCommand(int code, String out, String err) {
    public static RunCommand of(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLineApp.of(command, Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new RunCommand(code, out.toString(), err.toString());
    }
}
