package dev.hemline.benchmarks.refresh;

import dev.hemline.benchmarks.refresh.Variant.Case;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.producer.Drift;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.EpochOrder;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.ServingModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
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
                    + " traffic alone; from-nothing trains anew on images of before with labelled traffic among them.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline bench refresh --changes invert,noise:25 --labels 100,400",
            "  hemline bench refresh --variants hemline,labels-alone --wrong 0.2 --json refresh.json"
        })
public final class RefreshBench extends Bench<RefreshReport> {
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
            names = "--variants",
            paramLabel = "NAME",
            split = ",",
            description = "What is compared: ${COMPLETION-CANDIDATES}.")
    List<Variant> variants =
            List.of(Variant.HEMLINE, Variant.UNEXPLAINED, Variant.LABELS_ALONE, Variant.WITHOUT_ANCHOR);

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
    protected RefreshReport measure(Run run) {
        TorchEngine.start(threads);
        ChosenModel chosen = ModelFiles.read(model);
        Split split = data.split();
        chosen.requireFit(split.test());
        Folded served = chosen.served()
                .orElseThrow(() -> new UserError("--model " + model + " is of a network that is not trained here"));
        List<RefreshReport.Row> rows = new ArrayList<>();
        long all = (long) changes.size() * labels.size() * variants.size();
        for (String change : changes) {
            Corruption corruption = Drift.parse(change + "@0").corruptionAt(Duration.ofSeconds(1));
            RandomGenerator random = new Chance(seed).random(change, 0);
            Halves halves = Halves.of(split.test(), corruption, random);
            for (int count : labels) {
                LabelledImages traffic = halves.traffic();
                var given = new Case(
                        chosen,
                        served,
                        Recipes.refresh(served.network().name(), Sha256.hex(chosen.archive()))
                                .with()
                                .seed(seed)
                                .build(),
                        split.train(),
                        Halves.mislabelled(traffic.first(count), wrong, random),
                        traffic,
                        split.validation(),
                        epochs);
                for (Variant variant : variants) {
                    run.progress().at(rows.size(), all, change + ", " + count + " labels, " + variant);
                    rows.add(row(change, variant, count, halves, given));
                }
            }
        }
        return new RefreshReport(chosen.title(), wrong, rows);
    }

    private static RefreshReport.Row row(String change, Variant variant, int count, Halves halves, Case given) {
        long begin = System.nanoTime();
        ServingModel trained = variant.trained(given);
        double seconds = (System.nanoTime() - begin) / 1e9;
        try (ArchiveClassifier before = given.model().open()) {
            return new RefreshReport.Row(
                    change,
                    variant.toString(),
                    count,
                    Answers.of(before, halves.changed()).accuracy(),
                    trained.answers(halves.changed()).accuracy(),
                    Answers.of(before, halves.clean()).accuracy(),
                    trained.answers(halves.clean()).accuracy(),
                    seconds);
        }
    }

    /**
     * Half of some images as traffic, the other half to judge by.
     *
     * @param traffic changed
     * @param changed other images, changed likewise
     * @param clean the same as they were
     */
    private record Halves(LabelledImages traffic, LabelledImages changed, LabelledImages clean) {
        static Halves of(LabelledImages images, Corruption corruption, RandomGenerator random) {
            int[] places = EpochOrder.shuffled(images.size()).draw(new SplittableRandom(random.nextLong()));
            int half = places.length / 2;
            LabelledImages clean = images.select(IntStream.of(places).skip(half).toArray());
            return new Halves(
                    changed(images.select(IntStream.of(places).limit(half).toArray()), corruption, random),
                    changed(clean, corruption, random),
                    clean);
        }

        private static LabelledImages changed(LabelledImages images, Corruption corruption, RandomGenerator random) {
            return images.changed(pixels -> corruption.apply(pixels, images.width(), images.height(), random));
        }

        static LabelledImages mislabelled(LabelledImages images, double wrong, RandomGenerator random) {
            int classes = images.classNames().size();
            return images.relabelled(
                    label -> random.nextDouble() < wrong ? (label + 1 + random.nextInt(classes - 1)) % classes : label);
        }
    }
}
