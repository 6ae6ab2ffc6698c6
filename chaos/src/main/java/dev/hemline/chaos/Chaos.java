package dev.hemline.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.chaos.check.CheckCommand;
import dev.hemline.chaos.check.CheckReport;
import dev.hemline.chaos.cluster.Classifiers;
import dev.hemline.chaos.cluster.Classifiers.Heap;
import dev.hemline.chaos.cluster.Cluster;
import dev.hemline.chaos.cluster.Node;
import dev.hemline.chaos.experiment.Trials;
import dev.hemline.chaos.models.ModelStorm;
import dev.hemline.chaos.poison.PoisonStorm;
import dev.hemline.control.models.Policies;
import dev.hemline.control.models.PolicyTerms;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** One run: everything is started, hurt for a while, healed, and counted. */
final class Chaos {
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(5);
    private static final Duration CHECK_PATIENCE = Duration.ofMinutes(20);
    private static final Duration TICK = Duration.ofMillis(300);

    private final ChaosOptions options;
    private final Path folder;
    private final ChaosScreen screen;
    private final BooleanSupplier stop;

    /** @param folder empty, for data and logs */
    Chaos(ChaosOptions options, Path folder, ChaosScreen screen, BooleanSupplier stop) {
        this.options = options;
        this.folder = folder;
        this.screen = screen;
        this.stop = stop;
    }

    ChaosReport run() throws InterruptedException {
        TorchEngine.start(1);
        screen.say("three brokers, two classifiers" + (options.experiment ? ", two challengers" : "")
                + " and a producer start");
        SigningKey key = SigningKey.generate();
        write(key);
        int apps = options.experiment ? 2 * Classifiers.OF_EACH_ROLE : Classifiers.OF_EACH_ROLE;
        try (Cluster cluster = new Cluster(folder, apps)) {
            await("the brokers", cluster.brokers(), cluster::complete);
            KafkaTopics.ensure(cluster.direct(), Topics.ALL);
            String model = options.experiment ? Trials.MODEL : "fashion-mnist";
            try (ModelStorm models = new ModelStorm(cluster.direct(), model, key, options.seed)) {
                models.publishFirst();
                if (options.experiment) {
                    Policies.say(
                            cluster.direct(),
                            key,
                            new PolicyTerms(ServingPolicy.CHALLENGER, Trials.CANARY.share(), Optional.empty()),
                            "chaos");
                }
                models.start(options.modelEvery());
                return attack(cluster, models);
            }
        }
    }

    private void write(SigningKey key) {
        try {
            key.write(signingKey());
            key.trustedKey().write(trustedKey());
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private Path signingKey() {
        return folder.resolve("private.pem");
    }

    private Path trustedKey() {
        return folder.resolve("trusted.pem");
    }

    private ChaosReport attack(Cluster cluster, ModelStorm models) throws InterruptedException {
        KafkaSettings kafka = cluster.direct();
        try (Classifiers classifiers = new Classifiers(cluster, trustedKey(), folder);
                LiveResults live = new LiveResults(kafka);
                ImageLoad producer = new ImageLoad(kafka, options.rate, options.seed, folder);
                LabelStorm labels = new LabelStorm(kafka, live::recent, options.seed)) {
            start(classifiers);
            Instant start = Instant.now();
            List<Node> nodes = new ArrayList<>(classifiers.nodes());
            nodes.add(producer);
            await("first results of every partition", nodes, () -> live.everywhereAfter(start));
            await("all classifiers", nodes, classifiers::settled);
            screen.say("results come; the attack begins");
            var attack = new Attack(new Fault.Targets(cluster, classifiers), producer, live, screen);
            Instant begun = Instant.now();
            live.startTiming();
            Map<String, Long> poison = attack(attack, kafka);
            double seconds = Duration.between(begun, Instant.now()).toMillis() / 1e3;
            screen.say("all is healed; the last events are waited for, and everything is counted");
            long acknowledged = producer.finish();
            labels.close();
            models.stop();
            CheckReport outcomes = check(kafka, models);
            return report(attack, seconds, live, models, poison, acknowledged, outcomes);
        }
    }

    private void start(Classifiers classifiers) {
        Heap heap = options.noFaults ? Heap.DEFAULT : Heap.SMALL;
        classifiers.start(options.design.verb, heap);
        if (options.experiment) {
            classifiers.startChallengers(heap, Trials.flags(signingKey()));
        }
    }

    /** Gives how much poison there was, by kind. */
    private Map<String, Long> attack(Attack attack, KafkaSettings kafka) throws InterruptedException {
        Optional<FaultPlan> plan =
                options.noFaults ? Optional.empty() : Optional.of(new FaultPlan(options.seed, attack.classifiers()));
        Duration length = Duration.ofSeconds(options.seconds);
        if (options.poisonPerSecond() == 0) {
            attack.run(plan, length, stop);
            return Map.of();
        }
        try (PoisonStorm storm = new PoisonStorm(kafka, options.poisonPerSecond(), options.seed)) {
            attack.run(plan, length, stop);
            return storm.sent();
        }
    }

    private CheckReport check(KafkaSettings kafka, ModelStorm models) throws InterruptedException {
        Path out = folder.resolve("check.json");
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--application-id=" + Classifiers.GROUP,
                "--patience=" + DRAIN_PATIENCE.toSeconds(),
                "--out=" + out));
        if (!models.bad().isEmpty()) {
            arguments.add("--bad-versions="
                    + models.bad().keySet().stream().map(String::valueOf).collect(joining(",")));
        }
        if (!options.design.scores()) {
            arguments.add("--no-scores");
        }
        if (options.experiment) {
            arguments.add("--experiment");
        }
        Path log = folder.resolve("check.log");
        try (ChildProcess check = ChildProcess.start(ChildCommand.of(CheckCommand.VERB, "768m", arguments), log)) {
            Instant deadline = Instant.now().plus(CHECK_PATIENCE);
            while (!check.ended() && Instant.now().isBefore(deadline)) {
                Thread.sleep(TICK.toMillis());
            }
            return new ObjectMapper().readValue(out.toFile(), CheckReport.class);
        } catch (IOException e) {
            throw new UserError("The count failed; its log is " + log, e);
        }
    }

    private ChaosReport report(
            Attack attack,
            double seconds,
            LiveResults live,
            ModelStorm models,
            Map<String, Long> poison,
            long acknowledged,
            CheckReport outcomes) {
        Recoveries recoveries = attack.recoveries();
        boolean died = options.noFaults && attack.endedByThemselves() > 0;
        return new ChaosReport(
                options.design.name().toLowerCase(Locale.ROOT),
                options.seed,
                seconds,
                options.rate,
                recoveries.byKind(),
                recoveries.all(),
                recoveries.unfinished(),
                attack.endedByThemselves(),
                models.newest(),
                new TreeMap<>(models.bad().values().stream().collect(groupingBy(reason -> reason, counting()))),
                poison,
                live.seconds(0.5),
                live.seconds(0.99),
                live.seconds(1),
                highest(attack.memory()),
                acknowledged,
                outcomes,
                !died && outcomes.clean() && acknowledged <= outcomes.sent());
    }

    /** In the second quarter and in the last; nothing where there are too few. */
    private static List<Long> highest(List<Long> samples) {
        int quarter = samples.size() / 4;
        return quarter == 0
                ? List.of()
                : List.of(
                        Collections.max(samples.subList(quarter, 2 * quarter)),
                        Collections.max(samples.subList(samples.size() - quarter, samples.size())));
    }

    /** Asks again and again; a question that waits for brokers may be interrupted. */
    interface Question {
        boolean yes() throws InterruptedException;
    }

    private void await(String what, List<? extends Node> nodes, Question done) throws InterruptedException {
        Instant deadline = Instant.now().plus(START_PATIENCE);
        while (!done.yes()) {
            for (Node node : nodes) {
                if (node.endedByItself()) {
                    throw new UserError("The " + node + " ended by itself before the attack began; its log, "
                            + node.log() + ", ends with:" + System.lineSeparator() + node.lastLines());
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new UserError("Waited for " + what + " more than " + START_PATIENCE.toSeconds()
                        + " s; the logs are in " + folder);
            }
            if (stop.getAsBoolean()) {
                throw new UserError("Ended before the attack began");
            }
            Thread.sleep(TICK.toMillis());
        }
    }
}
