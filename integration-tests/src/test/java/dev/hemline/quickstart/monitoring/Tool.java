package dev.hemline.quickstart.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A program that is not ours, found where the shell would find it. */
public record Tool(Path program) {
    /** What a program did: its exit code, and all it said. */
    public record Ran(int exitCode, String output) {}

    static Tool prometheus() {
        return named("prometheus");
    }

    static Tool promtool() {
        return named("promtool");
    }

    private static Tool named(String name) {
        return find(name)
                .orElseThrow(() -> new AssertionError(name + " is not on the PATH; install Prometheus 2.42 or newer"
                        + " (Debian: apt-get install prometheus; macOS: brew install prometheus)"));
    }

    /** Empty where there is none of that name. */
    public static Optional<Tool> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Tool::new);
    }

    public Ran run(Path folder, List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), output);
    }

    /** Runs on until somebody ends it. */
    Process start(List<String> arguments, Path log) throws IOException {
        return new ProcessBuilder(words(arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(arguments);
        return words;
    }
}
