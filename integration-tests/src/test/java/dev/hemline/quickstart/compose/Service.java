package dev.hemline.quickstart.compose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One service of the file. */
record Service(String name, JsonNode json) {
    String text(String field) {
        return json.path(field).asText();
    }

    /** A list of texts; empty where there is none. */
    List<String> texts(String field) {
        return StreamSupport.stream(json.path(field).spliterator(), false)
                .map(ComposeFile::byDefault)
                .toList();
    }

    String environment(String variable) {
        return ComposeFile.byDefault(json.path("environment").path(variable));
    }

    /** The value of a flag that is written as one word. */
    Optional<String> flag(String flag) {
        return texts("command").stream()
                .filter(word -> word.startsWith(flag + "="))
                .map(word -> word.substring(flag.length() + 1))
                .findFirst();
    }

    /** Where in the container what is mounted: {@code signing-key} or {@code ./prometheus}. */
    Map<String, String> mounts() {
        return texts("volumes").stream()
                .map(mount -> mount.split(":"))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
    }

    List<String> dependencies() {
        return json.path("depends_on").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
