package dev.hemline.insight.page;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a page goes. Use as a picocli {@code @Mixin}. */
public final class PageOptions {
    @Option(
            names = "--output",
            paramLabel = "FILE.html",
            description = "The file to write. Default: named after the command, in the current folder")
    @Nullable
    Path output;

    @Option(names = "--open", description = "Open the page in this machine's browser.")
    boolean open;

    /**
     * Writes the page, tells where it is, and opens it if that was asked for.
     *
     * @param usual the file if people name none
     * @throws UserError if the file cannot be written, or there is no browser to open it with
     */
    public void deliver(Page page, Path usual, PrintWriter out) {
        Path file = output == null ? usual : output;
        page.write(file);
        out.println("Wrote " + file + " (" + Figures.bytes(page.html().length()) + ")");
        out.flush();
        if (open) {
            open(file.toAbsolutePath());
        }
    }

    private static void open(Path file) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> command = system.contains("mac")
                ? List.of("open", file.toString())
                : system.contains("win")
                        ? List.of("cmd", "/c", "start", "", file.toString())
                        : List.of("xdg-open", file.toString());
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UserError("--open: there is no " + command.get(0) + " here; open " + file + " yourself", e);
        }
    }
}
