package dev.hemline.chaos;

import dev.hemline.chaos.FaultPlan.Wave;
import dev.hemline.chaos.cluster.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waves of faults, each after the stream has recovered from the one before. For one thread. */
final class Attack {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration SAMPLE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Fault.Targets targets;
    private final List<Node> nodes;
    private final LiveResults live;
    private final Recoveries recoveries;
    private final ChaosScreen screen;
    private final List<Long> memory = new ArrayList<>();
    private int endedByThemselves;

    /** @param producer is not hurt, but started again should it end */
    Attack(Fault.Targets targets, Node producer, LiveResults live, ChaosScreen screen) {
        this.targets = targets;
        this.nodes = new ArrayList<>(List.of(producer));
        this.nodes.addAll(targets.cluster().brokers());
        this.nodes.addAll(targets.classifiers().nodes());
        this.live = live;
        this.recoveries = new Recoveries(live::everywhereAfter);
        this.screen = screen;
    }

    private record Due(Fault fault, Instant at) {}

    /** Runs until the time is over or {@code stop} says so, and heals what it hurt; without a plan it only looks. */
    void run(Optional<FaultPlan> plan, Duration length, BooleanSupplier stop) throws InterruptedException {
        Instant end = Instant.now().plus(length);
        while (!stop.getAsBoolean() && Instant.now().isBefore(end)) {
            if (plan.isPresent()) {
                wave(plan.get().next());
            } else {
                memory.add(targets.classifiers().residentBytes());
                pauseUntil(Instant.now().plus(SAMPLE));
            }
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
        recoveries.struck(fault.kind().code(), struck, Instant.now());
    }

    private boolean whole() throws InterruptedException {
        return targets.cluster().inSync() && targets.classifiers().settled();
    }

    /** Waits for something, with an eye on everything. */
    private boolean await(Chaos.Question what) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!what.yes()) {
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

    /** How many there are to be hurt. */
    int classifiers() {
        return targets.classifiers().nodes().size();
    }

    Recoveries recoveries() {
        return recoveries;
    }

    /** Of all classifiers, each second; empty where they are killed. */
    List<Long> memory() {
        return memory;
    }

    int endedByThemselves() {
        return endedByThemselves;
    }
}
