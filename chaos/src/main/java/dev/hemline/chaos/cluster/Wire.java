package dev.hemline.chaos.cluster;

import static java.util.stream.Collectors.joining;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.BrokerSettings;
import dev.hemline.testbed.broker.FreePort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What lies between one app and all brokers.
 *
 * @param name of the listener that brokers have for it
 * @param proxies by the id of the broker behind each
 */
public record Wire(String name, Map<Integer, PausableProxy> proxies) implements AutoCloseable {
    static Wire toEach(List<BrokerSettings.Node> nodes, String name) {
        var proxies = new TreeMap<Integer, PausableProxy>();
        nodes.forEach(node -> proxies.put(node.id(), PausableProxy.start(0, FreePort.any())));
        return new Wire(name, proxies);
    }

    BrokerSettings.Listener listener(BrokerSettings.Node node) {
        PausableProxy proxy = Objects.requireNonNull(proxies.get(node.id()));
        return new BrokerSettings.Listener(name, proxy.target(), proxy.port());
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
}
