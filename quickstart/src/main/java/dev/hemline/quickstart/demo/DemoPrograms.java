package dev.hemline.quickstart.demo;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.child.ChildCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What runs beside broker and producer, each in a JVM of its own, so that the system can let the stream go before training. */
record DemoPrograms(DemoOptions options, KafkaSettings kafka, DemoPorts ports, DemoFolder folder) {
    static final String CLASSIFIER_GROUP = "hemline-classifier";

    /**
     * Learns fast at first, rather than best in the end, and looks at a part of the validation images every few seconds, so
     * that a first model is out early. One thread: on a machine that is shared with the stream, a second one made training
     * no faster.
     */
    private static final List<String> FIRST_MODELS = List.of(
            "--at-start",
            "--epochs=10",
            "--batch-size=32",
            "--optimizer=adamw",
            "--learning-rate=0.003",
            "--warm-up=50",
            "--weight-decay=0.01",
            "--label-smoothing=0",
            "--validate-every=4000",
            "--validation-images=1000",
            "--threads=1");

    /** Labels come of as many events as are compared; and the machine has two cores. A probation takes some ten seconds. */
    private static final List<String> CHALLENGER = List.of("--share=0.5", "--probation-labels=400");

    ChildCommand classifier() {
        return ChildCommand.of(
                "classifier",
                "512m",
                with(
                        isSeason() ? DemoSeason.CLASSIFIER : List.of(),
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--http-port=" + ports.classifier(),
                        "--application-id=" + CLASSIFIER_GROUP,
                        "--state-dir=" + folder.classifierState(),
                        "--trusted-keys=" + folder.trustedKey()));
    }

    /** Where new versions have to win. */
    Optional<ChildCommand> challenger() {
        return ports.challenger().isEmpty()
                ? Optional.empty()
                : Optional.of(ChildCommand.of(
                                "classifier",
                                "512m",
                                with(
                                        isSeason() ? DemoSeason.CHALLENGER : CHALLENGER,
                                        "--challenger",
                                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                                        "--http-port=" + ports.challenger().getAsInt(),
                                        "--application-id=" + CLASSIFIER_GROUP,
                                        "--state-dir=" + folder.challengerState(),
                                        "--trusted-keys=" + folder.trustedKey(),
                                        "--signing-key=" + folder.signingKey()))
                        .atLowPriority());
    }

    ChildCommand trainer() {
        List<String> arguments = with(
                isSeason() ? List.of() : FIRST_MODELS,
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--http-port=" + ports.trainer(),
                "--signing-key=" + folder.signingKey());
        if (options.data != null) {
            arguments.add("--data=" + options.data);
        }
        return ChildCommand.of("trainer", "1g", arguments).atLowPriority();
    }

    /** Somebody waits for a refresh, and then both cores are his. */
    Map<String, String> trainerEnvironment() {
        return isSeason() ? Map.of("OMP_WAIT_POLICY", "passive") : Map.of();
    }

    private boolean isSeason() {
        return options.season().isPresent();
    }

    private static List<String> with(List<String> more, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        return all;
    }
}
