package dev.hemline.chaos.cluster;

import static java.util.stream.Collectors.joining;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.BrokerNode;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.SideDoor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What lies between one app and all brokers. */
public final class Wire implements AutoCloseable {
    private final String name;
    private final Map<Integer, SideDoor> doors = new TreeMap<>();
    private final Map<Integer, PausableProxy> proxies = new TreeMap<>();

    private Wire(String name) {
        this.name = name;
    }

    static Wire toEach(List<BrokerNode> nodes, String name) {
        var wire = new Wire(name);
        for (BrokerNode node : nodes) {
            int port = FreePort.any();
            PausableProxy proxy = PausableProxy.start(0, port);
            wire.proxies.put(node.id(), proxy);
            wire.doors.put(node.id(), new SideDoor(name, port, proxy.port()));
        }
        return wire;
    }

    SideDoor door(int broker) {
        return Objects.requireNonNull(doors.get(broker), () -> "no broker " + broker);
    }

    /** The brokers, as the app at the end of this wire knows them. */
    public KafkaSettings kafka() {
        return KafkaSettings.of(proxies.values().stream()
                .map(proxy -> "localhost:" + proxy.port())
                .collect(joining(",")));
    }

    /** Nothing comes through any more, and nobody is told. */
    public void cut() {
        proxies.values().forEach(PausableProxy::pause);
    }

    public void mend() {
        proxies.values().forEach(PausableProxy::resume);
    }

    @Override
    public void close() {
        proxies.values().forEach(PausableProxy::close);
    }

    @Override
    public String toString() {
        return name;
    }
}
