package dev.hemline.quickstart.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A summary as JSON, for scripts. */
final class SummaryFile {
    private SummaryFile() {}

    /** @throws UserError if nothing could be written there later */
    static void requireWritable(Path file) {
        boolean writable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : isWritableFolder(file.toAbsolutePath().resolveSibling("."));
        if (!writable) {
            throw new UserError("File " + file + " cannot be written; choose another with --json");
        }
    }

    private static boolean isWritableFolder(Path folder) {
        return Files.isDirectory(folder) && Files.isWritable(folder);
    }

    static void write(DemoSummary summary, Path file) {
        try {
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(file.toFile(), summary);
        } catch (IOException e) {
            throw new UserError("The summary cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
