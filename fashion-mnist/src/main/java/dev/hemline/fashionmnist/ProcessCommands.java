package dev.hemline.fashionmnist;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine as child processes, and gives up on one that takes more than five minutes. */
final class ProcessCommands implements Commands {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public void run(Path folder, String... command) throws IOException {
        String commandLine = String.join(" ", command);
        // a file, not a pipe: nobody needs to read along for the program to go on
        Path output = Files.createTempFile(folder, "output-", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(commandLine + " took more than " + PATIENCE.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(commandLine + " was interrupted");
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(commandLine + " failed: " + lastWords(output));
        }
    }

    private static String lastWords(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
