package dev.hemline.quickstart.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in the repository for Prometheus, Grafana and Docker. */
public final class RepositoryFiles {
    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    public static final Path PROMETHEUS = ROOT.resolve("prometheus");
    static final Path GRAFANA = ROOT.resolve("grafana");
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private RepositoryFiles() {}

    public static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    /** Files of a folder that end so, in order of their names. */
    public static List<Path> in(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
