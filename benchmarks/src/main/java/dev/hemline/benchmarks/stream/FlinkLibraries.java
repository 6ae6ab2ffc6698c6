package dev.hemline.benchmarks.stream;

import dev.hemline.service.UserError;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Flink's jars. They lie apart, for among them are Kafka clients of another version than Hemline's. */
final class FlinkLibraries {
    private FlinkLibraries() {}

    /**
     * Where they are.
     *
     * @throws UserError if they are not where the build puts them
     */
    static Path folder() {
        // This class is in target/classes, or in a jar in target/app.
        Path code = code();
        Path target = Files.isDirectory(code) ? code.resolveSibling("app") : code.resolveSibling(".");
        Path folder = target.resolve("flink").normalize();
        if (!Files.isDirectory(folder)) {
            throw new UserError("Flink's libraries are not in " + folder + "; 'mvn package' puts them there");
        }
        return folder;
    }

    private static Path code() {
        try {
            return Path.of(FlinkLibraries.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path has places that are none", e);
        }
    }
}
