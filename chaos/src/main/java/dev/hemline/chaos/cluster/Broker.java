package dev.hemline.chaos.cluster;

import static java.util.stream.Collectors.joining;

import dev.hemline.testbed.broker.BrokerNode;
import dev.hemline.testbed.broker.SideDoor;
import dev.hemline.testbed.child.ChildCommand;
import java.nio.file.Path;
import java.util.List;

/** One broker of the cluster. */
public final class Broker extends Node {
    private static final String HEAP = "256m";

    Broker(Path folder, String clusterId, BrokerNode self, List<BrokerNode> nodes, List<SideDoor> doors) {
        super(
                "broker " + self.id(),
                command(folder.resolve("broker-" + self.id()), clusterId, self, nodes, doors),
                folder.resolve("broker-" + self.id() + ".log"));
    }

    private static ChildCommand command(
            Path data, String clusterId, BrokerNode self, List<BrokerNode> nodes, List<SideDoor> doors) {
        return ChildCommand.of(
                BrokerCommand.VERB,
                HEAP,
                List.of(
                        "--folder",
                        data.toString(),
                        "--cluster-id",
                        clusterId,
                        "--id",
                        Integer.toString(self.id()),
                        "--nodes",
                        nodes.stream().map(BrokerCommand::text).collect(joining(",")),
                        "--doors",
                        doors.stream().map(BrokerCommand::text).collect(joining(","))));
    }
}
