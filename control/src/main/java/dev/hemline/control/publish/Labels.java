package dev.hemline.control.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads class names. */
final class Labels {
    private Labels() {}

    /** @param text names separated by commas, or a file with one a line */
    static List<String> parse(String text) {
        Stream<String> names = isFile(text) ? lines(Path.of(text)) : Stream.of(text.split(","));
        return names.map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8).stream();
        } catch (IOException e) {
            throw new UserError("Cannot read --labels " + file + ": " + e, e);
        }
    }
}
