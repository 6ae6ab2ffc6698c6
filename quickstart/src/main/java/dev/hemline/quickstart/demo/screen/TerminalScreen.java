package dev.hemline.quickstart.demo.screen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

/** A block of lines at the bottom of a terminal, painted over itself; what is said scrolls away above it. */
final class TerminalScreen implements Screen {
    private static final String CLEAR_TO_END = "\r\u001B[J";

    /** For terminals that do not tell. */
    private static final int USUAL_WIDTH = 80;

    private final Terminal terminal;
    private final StatusBlock block;
    private List<AttributedString> shown = List.of();

    private TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        boolean unicode = UTF_8.equals(terminal.encoding());
        this.block = new StatusBlock(System.getenv("NO_COLOR") == null, unicode);
    }

    /** @throws IOException if there is no terminal that can move its cursor */
    static TerminalScreen open() throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .nativeSignals(false)
                .build();
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            terminal.close();
            throw new IOException("the terminal is a dumb one");
        }
        return new TerminalScreen(terminal);
    }

    @Override
    public void say(String line) {
        paint(line + "\n", shown);
    }

    @Override
    public void show(Status status) {
        int width = terminal.getWidth() > 0 ? terminal.getWidth() : USUAL_WIDTH;
        paint("", block.lines(status, width));
    }

    /** In one write, so that nobody sees the block gone. */
    private void paint(String above, List<AttributedString> lines) {
        var text = new StringBuilder();
        if (!shown.isEmpty()) {
            text.append("\u001B[" + shown.size() + "A").append(CLEAR_TO_END);
        }
        text.append(above);
        lines.forEach(line -> text.append(line.toAnsi()).append('\n'));
        terminal.writer().print(text);
        terminal.writer().flush();
        shown = lines;
    }

    @Override
    public void settle() {
        shown = List.of();
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal cannot be given back", e);
        }
    }
}
