package dev.hemline.chaos.cluster;

import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.stream.ConsumerGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The classifiers of one group, each at the end of a wire of its own. */
public final class Classifiers implements AutoCloseable {
    /** The group. */
    public static final String GROUP = "hemline-chaos";
    /** Below it every model of a storm, above it the one that shall be refused for its size. */
    public static final long MAX_MODEL_BYTES = 8L << 20;

    private static final int THREADS = 2;
    /** Small, so that much of it fits on one machine. */
    public static final String SMALL_HEAP = "384m";
    /** What the launcher gives one. */
    public static final String DEFAULT_HEAP = "1g";

    private final List<Node> nodes;
    private final ConsumerGroup members;

    /**
     * Starts them.
     *
     * @param verb which classifier: ours, or one that stands in for it
     * @param heap of each, as Java's {@code -Xmx} takes it
     */
    public Classifiers(String verb, String heap, Cluster cluster, Path trustedKeys, Path folder) {
        nodes = IntStream.rangeClosed(1, cluster.wires().size())
                .mapToObj(number -> node(verb, heap, number, cluster.wires().get(number - 1), trustedKeys, folder))
                .toList();
        members = new ConsumerGroup(cluster.direct(), GROUP);
    }

    private static Node node(String verb, String heap, int number, Wire wire, Path trustedKeys, Path folder) {
        String name = "classifier-" + number;
        List<String> flags = List.of(
                "--bootstrap-servers=" + wire.kafka().bootstrapServers(),
                "--application-id=" + GROUP,
                "--http-port=0",
                "--stream-threads=" + THREADS,
                "--trusted-keys=" + trustedKeys,
                "--max-model-bytes=" + MAX_MODEL_BYTES,
                "--state-dir=" + folder.resolve(name));
        return new Node("classifier " + number, ChildCommand.of(verb, heap, flags), folder.resolve(name + ".log"));
    }

    /** What the system gave all of them, heap and native. */
    public long residentBytes() {
        return nodes.stream().mapToLong(Node::residentBytes).sum();
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Whether all of them share the work, and none comes or goes; false where nobody can tell right now. */
    public boolean settled() throws InterruptedException {
        return members.settled(THREADS * nodes.size());
    }

    @Override
    public void close() {
        members.close();
        nodes.forEach(Node::close);
    }
}
