package dev.hemline.quickstart.demo;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.child.ChildCommand;
import java.util.ArrayList;
import java.util.List;

/** The command lines of a demo's other programs. */
final class DemoChildren {
    static final String CLASSIFIER_GROUP = "hemline-classifier";

    private DemoChildren() {}

    static ChildCommand classifier(KafkaSettings kafka, DemoPorts ports, DemoFolder folder) {
        return ChildCommand.of(
                "classifier",
                "512m",
                List.of(
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--http-port=" + ports.classifier(),
                        "--application-id=" + CLASSIFIER_GROUP,
                        "--state-dir=" + folder.classifierState(),
                        "--trusted-keys=" + folder.trustedKey()));
    }

    /**
     * Learns fast at first, rather than best in the end, and looks at a part of the validation images every few seconds, so
     * that a first model is out early. One thread: on a machine that is shared with the stream, a second one made training
     * no faster.
     */
    static ChildCommand trainer(KafkaSettings kafka, DemoPorts ports, DemoFolder folder, DemoSettings settings) {
        var arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--http-port=" + ports.trainer(),
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
                "--threads=1",
                "--signing-key=" + folder.signingKey()));
        settings.data().ifPresent(data -> arguments.add("--data=" + data));
        return ChildCommand.of("trainer", "1g", arguments).atLowPriority();
    }
}
