package dev.hemline.chaos.cluster;

import dev.hemline.testbed.child.ChildCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classifiers of one group, each at the end of a wire of its own. */
public final class Classifiers implements AutoCloseable {
    /** The group. */
    public static final String GROUP = "hemline-chaos";
    /** Below it every model of a storm, above it the one that shall be refused for its size. */
    public static final long MAX_MODEL_BYTES = 8L << 20;

    private static final int THREADS = 2;
    private static final String HEAP = "384m";

    private final List<Node> nodes = new ArrayList<>();

    /** @param verb which classifier: ours, or one that stands in for it */
    public static Classifiers start(String verb, List<Wire> wires, Path trustedKeys, Path folder) {
        var classifiers = new Classifiers();
        for (int i = 0; i < wires.size(); i++) {
            String name = "classifier-" + (i + 1);
            var node = new Node(
                    "classifier " + (i + 1),
                    ChildCommand.of(verb, HEAP, arguments(wires.get(i), trustedKeys, folder.resolve(name))),
                    folder.resolve(name + ".log"));
            node.start();
            classifiers.nodes.add(node);
        }
        return classifiers;
    }

    private static List<String> arguments(Wire wire, Path trustedKeys, Path state) {
        return List.of(
                "--bootstrap-servers",
                wire.kafka().bootstrapServers(),
                "--application-id",
                GROUP,
                "--http-port",
                "0",
                "--stream-threads",
                Integer.toString(THREADS),
                "--trusted-keys",
                trustedKeys.toString(),
                "--max-model-bytes",
                Long.toString(MAX_MODEL_BYTES),
                "--state-dir",
                state.toString());
    }

    public List<Node> nodes() {
        return List.copyOf(nodes);
    }

    /** How many members the group has when all of them are there. */
    public int members() {
        return THREADS * nodes.size();
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
