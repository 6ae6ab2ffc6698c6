package dev.hemline.benchmarks.refresh;

import dev.hemline.benchmarks.refresh.Comparison.Attempt;
import dev.hemline.benchmarks.refresh.Variant.Case;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench refresh}: what a refresh brings, and what else could be done. */
@Command(
        name = "refresh",
        description = {
            "What a model is right about after pictures have changed and it was refreshed with some labels. Of the test images half are"
                    + " traffic, changed, of which some are labelled, so many of them wrongly; the other half judges, changed"
                    + " and as they were. Nothing is given up for what is forgotten, which the trainer does. No broker is"
                    + " needed.",
            "",
            "hemline is the product's own refresh; unexplained the same where nothing explains how pictures have changed;"
                    + " labels-alone learns from labelled traffic and images of before; without-anchor from labelled"
                    + " traffic alone; from-nothing trains anew on images of before with labelled traffic among them; none is"
                    + " what served before.",
            "",
            "--chart draws accuracy over time, for the change and the number of labels that are named first: 100 events a second,"
                    + " the same for all, changed until 30 s after the last refresh and then as they were, each answered by"
                    + " what would serve then. A refresh serves once labels have come and its training, as long as it took, is"
                    + " over. --json has the same.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline bench refresh --changes invert,noise:25 --labels 100,400",
            "  hemline bench refresh --variants hemline,labels-alone --wrong 0.2 --json refresh.json",
            "  hemline bench refresh --changes invert --variants hemline,without-anchor,from-nothing,none --chart invert.svg"
        })
public final class RefreshBench extends Bench.Charted<RefreshReport> {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "${sys:hemline.home:-.}/reference-models/tiny",
            description = "The model that is refreshed: a folder that hemline train --output wrote.")
    Path model = Path.of("");

    @Option(
            names = "--changes",
            paramLabel = "KIND[:STRENGTH]",
            split = ",",
            defaultValue = "brighter,darker,noise,blur,rotate:30,invert",
            description = "What befalls pictures, as hemline produce --drift has it.")
    List<String> changes = List.of();

    @Option(
            names = "--labels",
            paramLabel = "N",
            split = ",",
            defaultValue = "300",
            description = "How many there are.")
    @Within({50, 2000})
    List<Integer> labels = List.of();

    @Option(names = "--wrong", paramLabel = "SHARE", description = "The share of labels that say another class.")
    @Within({0, 1})
    double wrong = 0.03;

    @Option(
            names = "--label-delay",
            paramLabel = "SECONDS",
            description = "How long after the change labels have come, for accuracy over time.")
    @Within({0, 3600})
    double labelDelay = 20;

    @Option(
            names = "--variants",
            paramLabel = "NAME",
            split = ",",
            description = "What is compared: ${COMPLETION-CANDIDATES}.")
    List<Variant> variants =
            List.of(Variant.HEMLINE, Variant.UNEXPLAINED, Variant.LABELS_ALONE, Variant.WITHOUT_ANCHOR, Variant.NONE);

    @Option(names = "--epochs", paramLabel = "N", description = "Of a training from nothing.")
    @Within({1, 100})
    int epochs = 10;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of libtorch.")
    @Within({1, 64})
    int threads = 2;

    @Option(names = "--seed", paramLabel = "N", description = "What chance is drawn from.")
    long seed = 1;

    @Mixin
    DataOptions data = new DataOptions();

    public RefreshBench() {
        super("Refreshes");
    }

    @Override
    protected void requireValidFlags() {
        changes.forEach(Change::parse);
    }

    @Override
    protected RefreshReport measure(Run run) {
        TorchEngine.start(threads);
        ChosenModel chosen = ModelFiles.read(model);
        Split split = data.split();
        chosen.requireFit(split.test());
        Folded served = chosen.served()
                .orElseThrow(() -> new UserError("--model " + model + " is of a network that is not trained here"));
        var chance = new Chance(seed);
        List<Comparison> compared = new ArrayList<>();
        for (String name : changes) {
            RandomGenerator random = chance.random(name, 0);
            Halves halves = Halves.of(split.test(), Change.parse(name).corruption(), random);
            Judged before = halves.judge(Version.of(chosen));
            for (int count : labels) {
                var given = new Case(
                        chosen,
                        served,
                        Recipes.refresh(served.network().name(), Sha256.hex(chosen.archive()))
                                .with()
                                .seed(seed)
                                .build(),
                        split.train(),
                        halves.labelled(count, wrong, random),
                        halves.traffic(),
                        split.validation(),
                        epochs);
                String what = name + ", " + count + " labels, ";
                long done = (long) compared.size() * variants.size();
                List<Attempt> attempts = new ArrayList<>();
                for (Variant variant : variants) {
                    run.progress().at(done + attempts.size(), refreshes(), what + variant);
                    attempts.add(attempt(variant, given, halves));
                }
                compared.add(new Comparison(name, count, before, attempts));
            }
        }
        return new RefreshReport(
                chosen.title(),
                wrong,
                run.machine(),
                compared.stream().flatMap(RefreshReport.Row::of).toList(),
                AccuracyOverTime.of(compared.get(0), labelDelay, chance.random("events", 0)));
    }

    private long refreshes() {
        return (long) changes.size() * labels.size() * variants.size();
    }

    private static Attempt attempt(Variant variant, Case given, Halves halves) {
        long begin = System.nanoTime();
        Version trained = variant.trained(given);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Attempt(variant, seconds, halves.judge(trained));
    }
}
