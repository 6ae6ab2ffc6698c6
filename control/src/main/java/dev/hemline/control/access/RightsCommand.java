package dev.hemline.control.access;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.access.RequiredAcl;
import dev.hemline.service.access.RequiredAcls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.resource.PatternType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline rights}. */
@Command(
        name = "rights",
        sortOptions = false,
        description = {
            "Prints the commands that give a program's user the rights that it needs on Kafka, and no others."
                    + " docs/security.md says what each is for. Changes nothing by itself.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline rights classifier --principal User:classifier",
            "  hemline rights \"models list\" --principal User:operator | sh"
        })
public final class RightsCommand extends BaseCommand {
    @Parameters(
            paramLabel = "VERB",
            arity = "1..2",
            description = "The program, for instance classifier or models list.")
    List<String> verb = List.of();

    @Option(
            names = "--principal",
            paramLabel = "USER",
            required = true,
            description = "Who runs it, as Kafka names users: User:NAME.")
    String principal = "";

    @Option(
            names = "--application-id",
            paramLabel = "ID",
            defaultValue = "hemline-classifier",
            description = "The classifiers' --application-id. Default: ${DEFAULT-VALUE}")
    String applicationId = "hemline-classifier";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "fashion-mnist",
            description = "The model that is trained, published or steered. Default: ${DEFAULT-VALUE}")
    String model = "fashion-mnist";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Brokers to put into the commands. Default: ${DEFAULT-VALUE}")
    String bootstrapServers = "localhost:9092";

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "admin.properties",
            description = "The settings of a user who may give rights, to put into the commands."
                    + " Default: ${DEFAULT-VALUE}")
    String config = "admin.properties";

    @Override
    public Integer call() {
        RequiredAcls rights = RequiredAcls.of(applicationId, model);
        String program = String.join(" ", verb);
        if (rights.of(program).isEmpty()) {
            throw new IllegalArgumentException(
                    "No program '" + program + "' needs rights; there are " + String.join(", ", rights.programs()));
        }
        Map<String, List<RequiredAcl>> byResource =
                rights.of(program).stream().collect(groupingBy(RightsCommand::resource, LinkedHashMap::new, toList()));
        say(byResource.entrySet().stream()
                .map(operations -> command(operations.getKey(), operations.getValue()))
                .toList());
        return 0;
    }

    private String command(String resource, List<RequiredAcl> rights) {
        String operations = rights.stream()
                .map(right -> "--operation " + right.operationName())
                .collect(joining(" "));
        return "kafka-acls.sh --bootstrap-server " + quoted(bootstrapServers) + " --command-config " + quoted(config)
                + " --add --allow-principal " + quoted(principal) + " " + operations + " " + resource;
    }

    private static String resource(RequiredAcl right) {
        String flag = "--" + right.resource().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return flag + " " + quoted(right.name())
                + (right.pattern() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    /** Fit for a shell, whatever somebody calls a model. */
    private static String quoted(String word) {
        return word.matches("[\\w.:,/@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
