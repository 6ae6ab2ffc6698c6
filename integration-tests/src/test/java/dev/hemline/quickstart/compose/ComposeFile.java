package dev.hemline.quickstart.compose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml with its shared parts put in place. Variables are as they stand there. */
record ComposeFile(JsonNode json) {
    static final Path FILE = RepositoryFiles.ROOT.resolve("docker-compose.yml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+:-([^}]*)}");

    static ComposeFile read() throws IOException {
        // Jackson does not follow YAML's anchors.
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        try (Reader file = Files.newBufferedReader(FILE)) {
            return new ComposeFile(RepositoryFiles.JSON.valueToTree(yaml.load(file)));
        }
    }

    /** A text as it is where nobody sets a variable. */
    static String byDefault(JsonNode text) {
        return VARIABLE.matcher(text.asText()).replaceAll("$1");
    }

    Stream<Service> services() {
        return json.path("services").properties().stream().map(entry -> new Service(entry.getKey(), entry.getValue()));
    }

    Service service(String name) {
        return services()
                .filter(service -> service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no service " + name));
    }

    /** Those that run one of our own programs. */
    Stream<Service> ours() {
        return services().filter(service -> service.text("image").startsWith("${HEMLINE_IMAGE:-"));
    }

    /** Those that end when their work is done, which others wait for. */
    List<String> once() {
        return services()
                .flatMap(service -> service.json().path("depends_on").properties().stream())
                .filter(awaited ->
                        awaited.getValue().path("condition").asText().equals("service_completed_successfully"))
                .map(awaited -> awaited.getKey())
                .distinct()
                .toList();
    }
}
