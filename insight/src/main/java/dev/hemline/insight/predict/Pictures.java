package dev.hemline.insight.predict;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pictures that a command line names. */
final class Pictures {
    private static final String STANDARD_INPUT = "-";

    private final InputStream standardInput;

    Pictures(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** What a name stands for: itself, or for a folder the files in it, by name; hidden ones are left out. */
    Stream<String> expand(String name) {
        if (name.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(name))) {
            return Stream.of(name);
        }
        try (Stream<Path> files = Files.list(Path.of(name))) {
            List<String> inside = files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(Path::toString)
                    .sorted()
                    .toList();
            return inside.stream();
        } catch (IOException e) {
            throw new UserError("Cannot read the folder " + name + ": " + e, e);
        }
    }

    /** A file's content, or what comes in on standard input. */
    byte[] read(String name) throws IOException {
        return name.equals(STANDARD_INPUT) ? standardInput.readAllBytes() : Files.readAllBytes(Path.of(name));
    }
}
