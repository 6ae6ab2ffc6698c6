package dev.hemline.chaos;

import dev.hemline.chaos.cluster.Node;
import dev.hemline.chaos.cluster.Replicas;
import dev.hemline.chaos.fault.Fault;
import dev.hemline.chaos.fault.FaultPlan;
import dev.hemline.chaos.fault.Targets;
import dev.hemline.chaos.fault.Wave;
import dev.hemline.chaos.live.LiveResults;
import dev.hemline.chaos.live.Recoveries;
import dev.hemline.testbed.tap.GroupMembers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waves of faults, each after the stream has recovered from the one before. For one thread. */
final class Attack {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Targets targets;
    private final List<Node> nodes;
    private final Replicas replicas;
    private final GroupMembers members;
    private final LiveResults live;
    private final Recoveries recoveries;
    private final ChaosScreen screen;
    private int endedByThemselves;

    /** @param others programs that are not hurt, but started again should they end */
    Attack(
            Targets targets,
            List<Node> others,
            Replicas replicas,
            GroupMembers members,
            LiveResults live,
            ChaosScreen screen) {
        this.targets = targets;
        this.nodes = new ArrayList<>(others);
        this.nodes.addAll(targets.cluster().brokers());
        this.nodes.addAll(targets.classifiers().nodes());
        this.replicas = replicas;
        this.members = members;
        this.live = live;
        this.recoveries = new Recoveries(live::everywhereAfter);
        this.screen = screen;
    }

    private record Due(Fault fault, Instant at) {}

    /** Runs until the time is over or {@code stop} says so, and heals what it hurt. */
    void run(FaultPlan plan, Duration length, BooleanSupplier stop) throws InterruptedException {
        Instant end = Instant.now().plus(length);
        while (!stop.getAsBoolean() && Instant.now().isBefore(end)) {
            wave(plan.next());
        }
    }

    private void wave(Wave wave) throws InterruptedException {
        List<Due> due = new ArrayList<>();
        for (Fault fault : wave.faults()) {
            if (!due.isEmpty()) {
                pauseUntil(Instant.now().plus(wave.between()));
            }
            strike(fault);
            due.add(new Due(fault, Instant.now().plus(fault.lasts())));
        }
        due.sort(Comparator.comparing(Due::at));
        for (Due next : due) {
            pauseUntil(next.at());
            next.fault().heal(targets);
        }
        Instant healed = Instant.now();
        if (!await(() -> recoveries.done() && live.everywhereAfter(healed)) || !await(this::whole)) {
            screen.say("not recovered after " + PATIENCE.toSeconds() + " s; going on");
        }
        pauseUntil(Instant.now().plus(wave.rest()));
    }

    private void strike(Fault fault) throws InterruptedException {
        screen.say(fault.told(targets));
        Instant struck = Instant.now();
        fault.strike(targets);
        recoveries.struck(fault.kind(), struck, Instant.now());
    }

    private boolean whole() {
        try {
            return replicas.inSync() && members.settled(targets.classifiers().members());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for something, with an eye on everything. */
    boolean await(BooleanSupplier what) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!what.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            tick();
        }
        return true;
    }

    private void pauseUntil(Instant then) throws InterruptedException {
        while (Instant.now().isBefore(then)) {
            tick();
        }
    }

    private void tick() throws InterruptedException {
        Thread.sleep(TICK.toMillis());
        recoveries.look(Instant.now()).forEach(screen::say);
        screen.show(live);
        for (Node node : nodes) {
            if (node.endedByItself()) {
                endedByThemselves++;
                screen.say(node + " ended by itself and is started again; see " + node.log());
                node.start();
            }
        }
    }

    Recoveries recoveries() {
        return recoveries;
    }

    int endedByThemselves() {
        return endedByThemselves;
    }
}
