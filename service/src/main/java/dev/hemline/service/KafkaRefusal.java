package dev.hemline.service;

import dev.hemline.service.access.AccessFailure;
import dev.hemline.service.access.RequiredAcls;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Explains a command's failure where Kafka did not let it in, from the flags that the command was given. */
final class KafkaRefusal {
    private static final String ROOT = "hemline ";

    private KafkaRefusal() {}

    /** Empty for a failure of another kind, and for a command that does not talk to Kafka. */
    static Optional<String> of(Throwable failure, CommandSpec command) {
        try {
            return options(command).findFirst().flatMap(kafka -> of(failure, command, kafka.settings()));
        } catch (UserError | IllegalArgumentException e) {
            // The settings themselves are wrong, and that is what the failure says.
            return Optional.empty();
        }
    }

    private static Optional<String> of(Throwable failure, CommandSpec command, KafkaSettings kafka) {
        String name = command.qualifiedName();
        String program = name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
        RequiredAcls rights = RequiredAcls.of(
                value(command, "--application-id", "hemline-classifier"),
                value(command, program.startsWith("train") ? "--model-name" : "--model", "fashion-mnist"));
        return new AccessFailure(program, rights, kafka.client(Map.of())).explain(failure);
    }

    private static Stream<KafkaOptions> options(CommandSpec spec) {
        return Stream.concat(
                spec.userObject() instanceof KafkaOptions kafka ? Stream.of(kafka) : Stream.of(),
                spec.mixins().values().stream().flatMap(KafkaRefusal::options));
    }

    private static String value(CommandSpec command, String flag, String byDefault) {
        OptionSpec option = command.findOption(flag);
        return option != null && option.getValue() instanceof String given ? given : byDefault;
    }
}
