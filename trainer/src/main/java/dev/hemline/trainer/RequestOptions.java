package dev.hemline.trainer;

import dev.hemline.event.TrainingRequest;
import dev.hemline.service.UserError;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Asking a trainer that runs elsewhere. Use as a picocli {@code @Mixin}. */
final class RequestOptions {
    private static final Set<String> TOLD = Set.of("--model-name", "--network", "--epochs", "--seed", "--force");
    private static final Set<String> OURS =
            Set.of("--request", "--refresh", "--reason", "--bootstrap-servers", "--kafka", "--kafka-config");

    @Option(
            names = "--request",
            description =
                    "Do not train here: ask the trainer that runs for this model to, with the --network, --epochs,"
                            + " --seed and --force given here, and its own settings otherwise")
    boolean request;

    @Option(
            names = "--refresh",
            description =
                    "With --request: refresh what serves with labelled traffic, which takes a minute, instead of training from"
                            + " nothing")
    boolean refresh;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Why the training is asked for; the trainer logs it")
    String reason = "";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * The request that the command line makes. What is not on it is the trainer's to choose, so defaults do not count.
     *
     * @throws UserError if it holds what cannot be asked for
     */
    TrainingRequest of(String model, boolean force) {
        ParseResult commandLine = command.commandLine().getParseResult();
        List<String> foreign = commandLine.matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !TOLD.contains(name) && !OURS.contains(name))
                .toList();
        if (!foreign.isEmpty()) {
            throw new UserError("With --request, " + String.join(", ", foreign)
                    + " is for the trainer to choose; leave it away, or train here without --request");
        }
        return TrainingRequest.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setRequestedAt(Instant.now())
                .setRequestedBy("hemline train, " + System.getProperty("user.name"))
                .setModel(model)
                .setNetwork(commandLine.<String>matchedOptionValue("--network", null))
                .setEpochs(commandLine.<Integer>matchedOptionValue("--epochs", null))
                .setSeed(commandLine.<Long>matchedOptionValue("--seed", null))
                .setForce(force)
                .setReason(reason)
                .setRefresh(refresh)
                .build();
    }
}
