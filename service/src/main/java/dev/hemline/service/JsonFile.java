package dev.hemline.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures as JSON, for scripts. */
public final class JsonFile {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private JsonFile() {}

    /** @throws UserError if nothing could be written there later */
    public static void requireWritable(Path file) {
        boolean writable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : isWritableFolder(file.toAbsolutePath().resolveSibling("."));
        if (!writable) {
            throw new UserError("File " + file + " cannot be written; choose another");
        }
    }

    private static boolean isWritableFolder(Path folder) {
        return Files.isDirectory(folder) && Files.isWritable(folder);
    }

    /** @throws UserError if they cannot be written */
    public static void write(Object figures, Path file) {
        try {
            MAPPER.writeValue(file.toFile(), figures);
        } catch (IOException e) {
            throw new UserError("The figures cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same text that {@link #write} writes. */
    public static String text(Object figures) {
        return text(MAPPER.writer(), figures);
    }

    /** The same on one line, for files and pipes with an object a line. */
    public static String line(Object figures) {
        return text(MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT), figures);
    }

    private static String text(ObjectWriter writer, Object figures) {
        try {
            return writer.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of " + figures, e);
        }
    }
}
