package dev.hemline.testbed.broker;

/**
 * One node of a cluster, broker and controller in one.
 *
 * @param id by which the others know it
 * @param clientPort where clients and other brokers connect
 * @param controllerPort where the controllers agree on what the cluster is
 */
public record BrokerNode(int id, int clientPort, int controllerPort) {
    static final String HOST = "localhost";

    String controller() {
        return HOST + ":" + controllerPort;
    }

    /** As {@code bootstrap.servers} wants it. */
    public String address() {
        return HOST + ":" + clientPort;
    }
}
