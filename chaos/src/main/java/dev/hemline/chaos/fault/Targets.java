package dev.hemline.chaos.fault;

import dev.hemline.chaos.cluster.Broker;
import dev.hemline.chaos.cluster.Classifiers;
import dev.hemline.chaos.cluster.Cluster;
import dev.hemline.chaos.cluster.Node;

/** What faults may hit. */
public record Targets(Cluster cluster, Classifiers classifiers) {
    Node classifier(int which) {
        return classifiers.nodes().get(which);
    }

    Broker broker(int which) {
        return cluster.brokers().get(which);
    }
}
