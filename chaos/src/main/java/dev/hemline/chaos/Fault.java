package dev.hemline.chaos;

import dev.hemline.chaos.cluster.Classifiers;
import dev.hemline.chaos.cluster.Cluster;
import dev.hemline.chaos.cluster.Node;
import dev.hemline.chaos.cluster.Wire;
import java.time.Duration;
import java.util.Locale;

/**
 * Something that is done to one part of the stream, and undone after a while.
 *
 * @param which of the classifiers or brokers, counted from 0
 * @param lasts how long until it is undone
 */
record Fault(Kind kind, int which, Duration lasts) {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    /** What is done. */
    enum Kind {
        /** SIGKILL of a classifier: what it had not committed is done again by another. */
        KILL_CLASSIFIER("kill -9 %s"),
        /** SIGTERM of a classifier: it ends in order and leaves its group. */
        STOP_CLASSIFIER("kill -TERM %s"),
        /** SIGSTOP of a classifier for longer than its session: when it goes on, it is one who was given up. */
        FREEZE_CLASSIFIER("kill -STOP %s for %d s"),
        /** SIGKILL of a broker: partitions, groups and transactions get another leader. */
        KILL_BROKER("kill -9 %s"),
        /** Nothing comes through between a classifier and all brokers, and neither is told. */
        PAUSE_NETWORK("network of %s silent for %d s");

        private final String told;

        Kind(String told) {
            this.told = told;
        }

        /** For tables and files. */
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What faults may hit. */
    record Targets(Cluster cluster, Classifiers classifiers) {}

    /** Does it; it has taken effect when this returns. */
    void strike(Targets targets) throws InterruptedException {
        switch (kind) {
            case KILL_CLASSIFIER, KILL_BROKER -> node(targets).kill();
            case STOP_CLASSIFIER -> node(targets).stop(STOP_PATIENCE);
            case FREEZE_CLASSIFIER -> node(targets).freeze();
            case PAUSE_NETWORK -> wire(targets).cut();
        }
    }

    /** Undoes it; what was ended is started again. */
    void heal(Targets targets) throws InterruptedException {
        switch (kind) {
            case KILL_CLASSIFIER, STOP_CLASSIFIER, KILL_BROKER -> node(targets).start();
            case FREEZE_CLASSIFIER -> node(targets).thaw();
            case PAUSE_NETWORK -> wire(targets).mend();
        }
    }

    /** What is done to whom, in a few words. */
    String told(Targets targets) {
        return String.format(Locale.ROOT, kind.told, node(targets), lasts.toSeconds());
    }

    private Node node(Targets targets) {
        return (kind == Kind.KILL_BROKER ? targets.cluster.brokers() : targets.classifiers.nodes()).get(which);
    }

    private Wire wire(Targets targets) {
        return targets.cluster.wires().get(which);
    }
}
