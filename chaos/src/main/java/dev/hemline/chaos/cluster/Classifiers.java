package dev.hemline.chaos.cluster;

import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.stream.ConsumerGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Classifiers, each at the end of a wire of its own: champions, and challengers where there is an experiment. */
public final class Classifiers implements AutoCloseable {
    /** How many champions there are, and how many challengers where there are any. */
    public static final int OF_EACH_ROLE = 2;
    /** The champions' group. */
    public static final String GROUP = "hemline-chaos";
    /** Below it every model of a storm, above it the one that shall be refused for its size. */
    public static final long MAX_MODEL_BYTES = 8L << 20;

    /**
     * What each may use.
     *
     * @param most as Java's {@code -Xmx} takes it
     * @param more flags
     */
    public record Heap(String most, List<String> more) {
        /** Small, so that much of it fits on one machine. */
        public static final Heap SMALL = new Heap("384m", List.of());
        /** What the launcher gives one; all of it is resident from the start, so that what grows is native. */
        public static final Heap DEFAULT = new Heap("1g", List.of("-Xms1g", "-XX:+AlwaysPreTouch"));
    }

    private static final int THREADS = 2;

    private final List<Node> nodes = new ArrayList<>();
    private final List<ConsumerGroup> groups = new ArrayList<>();
    private final Cluster cluster;
    private final Path folder;
    private final List<String> flags;

    /**
     * Starts nothing yet.
     *
     * @param trustedKeys whose models may serve
     */
    public Classifiers(Cluster cluster, Path trustedKeys, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        flags = List.of(
                "--application-id=" + GROUP,
                "--http-port=0",
                "--stream-threads=" + THREADS,
                "--trusted-keys=" + trustedKeys,
                "--max-model-bytes=" + MAX_MODEL_BYTES);
    }

    /**
     * Starts champions.
     *
     * @param verb which classifier: ours, or one that stands in for it
     */
    public void start(String verb, Heap heap) {
        start("classifier", verb, heap, List.of());
        groups.add(new ConsumerGroup(cluster.direct(), GROUP));
    }

    /**
     * Starts challengers.
     *
     * @param experiment their flags
     */
    public void startChallengers(Heap heap, List<String> experiment) {
        start("challenger", "classifier", heap, experiment);
        groups.add(new ConsumerGroup(cluster.direct(), GROUP + "-challenger"));
    }

    private void start(String role, String verb, Heap heap, List<String> more) {
        for (int number = 1; number <= OF_EACH_ROLE; number++) {
            String name = role + "-" + number;
            List<String> all = new ArrayList<>(flags);
            all.add("--bootstrap-servers="
                    + cluster.wires().get(nodes.size()).kafka().bootstrapServers());
            all.add("--state-dir=" + folder.resolve(name));
            all.addAll(more);
            ChildCommand command =
                    ChildCommand.of(verb, heap.most(), all).with(heap.more().toArray(String[]::new));
            nodes.add(new Node(name.replace('-', ' '), command, folder.resolve(name + ".log")));
        }
    }

    /** What the system gave all of them, heap and native. */
    public long residentBytes() {
        return nodes.stream().mapToLong(Node::residentBytes).sum();
    }

    public List<Node> nodes() {
        return nodes;
    }

    /** Whether all of each group share the work, and none comes or goes; false where nobody can tell right now. */
    public boolean settled() throws InterruptedException {
        for (ConsumerGroup group : groups) {
            if (!group.settled(THREADS * OF_EACH_ROLE)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        groups.forEach(ConsumerGroup::close);
        nodes.forEach(Node::close);
    }
}
