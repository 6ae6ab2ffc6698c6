package dev.hemline.benchmarks.network;

import dev.hemline.benchmarks.network.InferenceReport.Peak;
import dev.hemline.benchmarks.network.InferenceReport.Row;
import dev.hemline.benchmarks.network.Tournament.Entrant;
import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.MatrixProduct;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.serving.TorchEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench inference}: asks the same network about the same images in every way there is to compare, on one core. */
@Command(
        name = "inference",
        description = {
            "How many images a second one core classifies with the same network and weights: built of DJL's own blocks, as"
                    + " TorchScript the way torch.jit.save leaves it, by ONNX Runtime, and as Hemline serves it. And what share"
                    + " that is of the fastest the core can multiply matrices.",
            "",
            "All take turns, batch size by batch size and round after round; before that their answers are compared.",
            ""
        })
public final class InferenceBench extends Bench.Charted<InferenceReport> {
    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--batches",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8,32,64,128",
            description = "Images per call.")
    @Within({1, 4096})
    List<Integer> batches = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each that count, after one that does not.")
    @Within({1, 1000})
    int rounds = 5;

    @Option(names = "--seconds", paramLabel = "SECONDS", defaultValue = "1", description = "How long a turn takes.")
    @Within({0.01, 3600})
    double seconds;

    @Mixin
    DataOptions images = new DataOptions();

    /** @throws IllegalStateException if the contenders do not answer alike */
    @Override
    protected InferenceReport measure(Run run) throws InterruptedException {
        LabelledImages test = images.split().test();
        Duration turn = Flags.seconds(seconds);
        TorchEngine.start(1);
        List<MatrixProduct> products = List.of(MatrixProduct.torch(), MatrixProduct.onnx());
        try (var lineup = Lineup.of(network.name(), test)) {
            Map<String, Agreement> agreements = lineup.agreements(test);
            List<Entrant> entrants = new ArrayList<>();
            // The products of matrices take their turns among them, so that their speed is that of the same minutes.
            products.forEach(product ->
                    entrants.add(Entrant.repeating("matrix product of " + product.library(), 1, product.multiply())));
            ByteBuffer pixels = Agreement.pixels(test, 0, Collections.max(batches));
            // Those with the same batch size follow each other, so that they are measured close together.
            batches.forEach(batch -> lineup.classifiers()
                    .forEach((name, classifier) -> entrants.add(Entrant.repeating(
                            name + ", batch " + batch, batch, () -> classifier.classify(pixels, batch)))));
            Iterator<Speed> speeds = new Tournament(rounds, turn, run.progress())
                    .speeds(entrants)
                    .iterator();
            Peak peak = Peak.of(products, speeds);
            long operations = lineup.network().operations();
            List<Row> rows = new ArrayList<>();
            batches.forEach(batch -> agreements.forEach((name, agreement) -> {
                Speed speed = speeds.next();
                double share = peak.share(speed.imagesPerSecond().median() * operations);
                rows.add(new Row(name, batch, agreement, speed, share));
            }));
            return new InferenceReport(
                    network.name(),
                    lineup.network().parameters(),
                    operations,
                    run.machine(),
                    rounds,
                    turn.toMillis() / 1e3,
                    peak,
                    rows,
                    InferenceReport.ratios(rows));
        } finally {
            products.forEach(MatrixProduct::close);
        }
    }
}
