package dev.hemline.chaos.fault;

import dev.hemline.chaos.cluster.Broker;
import dev.hemline.chaos.cluster.Node;
import dev.hemline.chaos.cluster.Wire;
import java.time.Duration;

/** Something that is done to one part of the stream, and undone after a while. */
public sealed interface Fault {
    /** How long until it is undone. */
    Duration lasts();

    /** Does it; it has taken effect when this returns. */
    void strike(Targets targets) throws InterruptedException;

    /** Undoes it; what was ended is started again. */
    void heal(Targets targets) throws InterruptedException;

    /** What it is, for tables and files: faults of one kind share it. */
    String kind();

    /** What is done to whom, in a few words. */
    String told(Targets targets);

    /** SIGKILL of a classifier: what it had not committed is done again by another. */
    record KillClassifier(int which, Duration lasts) implements Fault {
        @Override
        public void strike(Targets targets) throws InterruptedException {
            targets.classifier(which).kill();
        }

        @Override
        public void heal(Targets targets) {
            targets.classifier(which).start();
        }

        @Override
        public String kind() {
            return "kill-classifier";
        }

        @Override
        public String told(Targets targets) {
            return "kill -9 " + targets.classifier(which);
        }
    }

    /** SIGTERM of a classifier: it ends in order and leaves its group. */
    record StopClassifier(int which, Duration lasts) implements Fault {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @Override
        public void strike(Targets targets) throws InterruptedException {
            targets.classifier(which).stop(PATIENCE);
        }

        @Override
        public void heal(Targets targets) {
            targets.classifier(which).start();
        }

        @Override
        public String kind() {
            return "stop-classifier";
        }

        @Override
        public String told(Targets targets) {
            return "kill -TERM " + targets.classifier(which);
        }
    }

    /** SIGSTOP of a classifier for longer than its session: when it goes on, it is one who was given up. */
    record FreezeClassifier(int which, Duration lasts) implements Fault {
        @Override
        public void strike(Targets targets) throws InterruptedException {
            targets.classifier(which).freeze();
        }

        @Override
        public void heal(Targets targets) throws InterruptedException {
            targets.classifier(which).thaw();
        }

        @Override
        public String kind() {
            return "freeze-classifier";
        }

        @Override
        public String told(Targets targets) {
            Node node = targets.classifier(which);
            return "kill -STOP " + node + " for " + lasts.toSeconds() + " s";
        }
    }

    /** SIGKILL of a broker: partitions, groups and transactions get another leader. */
    record KillBroker(int which, Duration lasts) implements Fault {
        @Override
        public void strike(Targets targets) throws InterruptedException {
            targets.broker(which).kill();
        }

        @Override
        public void heal(Targets targets) {
            targets.broker(which).start();
        }

        @Override
        public String kind() {
            return "kill-broker";
        }

        @Override
        public String told(Targets targets) {
            Broker broker = targets.broker(which);
            return "kill -9 " + broker;
        }
    }

    /** Nothing comes through between a classifier and all brokers, and neither is told. */
    record PauseNetwork(int which, Duration lasts) implements Fault {
        @Override
        public void strike(Targets targets) {
            wire(targets).cut();
        }

        @Override
        public void heal(Targets targets) {
            wire(targets).mend();
        }

        private Wire wire(Targets targets) {
            return targets.cluster().wires().get(which);
        }

        @Override
        public String kind() {
            return "pause-network";
        }

        @Override
        public String told(Targets targets) {
            return "network of " + targets.classifier(which) + " silent for " + lasts.toSeconds() + " s";
        }
    }
}
