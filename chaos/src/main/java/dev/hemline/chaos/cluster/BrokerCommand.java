package dev.hemline.chaos.cluster;

import dev.hemline.service.StopSignal;
import dev.hemline.service.Verb;
import dev.hemline.testbed.broker.BrokerNode;
import dev.hemline.testbed.broker.BrokerSettings;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.SideDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** {@code hemline chaos-broker}: one node of the cluster that chaos hurts. */
@Command(
        name = BrokerCommand.VERB,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Runs one broker of the cluster of 'hemline chaos', which starts it.")
public final class BrokerCommand implements Verb, Callable<Integer> {
    static final String VERB = "chaos-broker";
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Option(names = "--folder", required = true, description = "Where its data is.")
    Path folder = Path.of(".");

    @Option(names = "--cluster-id", required = true, description = "The same for all nodes.")
    String clusterId = "";

    @Option(names = "--id", required = true, description = "Which of the nodes this is.")
    int id;

    @Option(
            names = "--nodes",
            required = true,
            split = ",",
            converter = Node.class,
            paramLabel = "ID:CLIENTS:CONTROLLER",
            description = "All nodes with their ports.")
    List<BrokerNode> nodes = new ArrayList<>();

    @Option(
            names = "--doors",
            split = ",",
            converter = Door.class,
            paramLabel = "NAME:PORT:ADVERTISED",
            description = "More ways in.")
    List<SideDoor> doors = new ArrayList<>();

    @Override
    @SuppressWarnings("try") // the broker only has to be there
    public Integer call() {
        BrokerNode self = nodes.stream()
                .filter(node -> node.id() == id)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--id is one of --nodes, not " + id));
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                EmbeddedBroker broker =
                        EmbeddedBroker.start(new BrokerSettings(folder, clusterId, self, nodes, doors))) {
            stop.await();
        }
        return 0;
    }

    static String text(BrokerNode node) {
        return node.id() + ":" + node.clientPort() + ":" + node.controllerPort();
    }

    static String text(SideDoor door) {
        return door.name() + ":" + door.port() + ":" + door.advertisedPort();
    }

    /** Reads what {@link #text(BrokerNode)} wrote. */
    static final class Node implements ITypeConverter<BrokerNode> {
        @Override
        public BrokerNode convert(@Nullable String text) {
            List<String> parts = parts(text);
            return new BrokerNode(number(parts.get(0)), number(parts.get(1)), number(parts.get(2)));
        }
    }

    /** Reads what {@link #text(SideDoor)} wrote. */
    static final class Door implements ITypeConverter<SideDoor> {
        @Override
        public SideDoor convert(@Nullable String text) {
            List<String> parts = parts(text);
            return new SideDoor(parts.get(0), number(parts.get(1)), number(parts.get(2)));
        }
    }

    private static List<String> parts(@Nullable String text) {
        List<String> parts = List.of(String.valueOf(text).split(":", -1));
        if (parts.size() != 3) {
            throw new IllegalArgumentException("three parts with colons between, not '" + text + "'");
        }
        return parts;
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }
}
