package dev.hemline.benchmarks.inference;

import static java.util.stream.Collectors.toMap;

import dev.hemline.benchmarks.inference.InferenceReport.Peak;
import dev.hemline.benchmarks.inference.InferenceReport.Row;
import dev.hemline.benchmarks.inference.Lineup.Entry;
import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.MatrixProduct;
import dev.hemline.benchmarks.runner.BenchOutput;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.NetworkOption;
import dev.hemline.benchmarks.runner.Progress;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.benchmarks.runner.Tournament;
import dev.hemline.benchmarks.runner.Tournament.Entrant;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.BaseCommand;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
public final class InferenceBench extends BaseCommand {
    private static final int COMPARED = 1000;

    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--batches",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,8,32,64,128",
            description = "Images per call. Default: ${DEFAULT-VALUE}")
    List<Integer> batches = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Turns of each that count, after one that does not. Default: ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long a turn takes. Default: ${DEFAULT-VALUE}")
    double seconds;

    @Mixin
    DataOptions images = new DataOptions();

    @Mixin
    BenchOutput.Charted output = new BenchOutput.Charted();

    @Override
    public Integer call() throws InterruptedException {
        String known = network.name();
        Flags.allWithin("--batches", batches, 1, 4096);
        Flags.within("--rounds", rounds, 1, 1000);
        Duration turn = Flags.seconds("--seconds", seconds, 0.01);
        return output.run("Turns", (folder, progress) -> {
            Machine machine = Machine.now();
            var test = images.split().test();
            return measure(known, turn, machine, test, progress);
        });
    }

    /** @throws IllegalStateException if the contenders do not answer alike */
    private InferenceReport measure(
            String known, Duration turn, Machine machine, LabelledImages test, Progress progress)
            throws InterruptedException {
        TorchEngine.start(1);
        List<MatrixProduct> products = List.of(MatrixProduct.torch(), MatrixProduct.onnx());
        try (var lineup = Lineup.of(known, test)) {
            Map<String, Agreement> agreements = agreements(lineup, test);
            List<Entry> entries = lineup.entries(batches);
            ByteBuffer pixels = Agreement.pixels(test, 0, Collections.max(batches));
            List<Entrant> entrants = new ArrayList<>();
            // The products of matrices take their turns among them, so that their speed is that of the same minutes.
            products.forEach(product ->
                    entrants.add(Entrant.repeating("matrix product of " + product.library(), 1, product.multiply())));
            entries.forEach(entry -> entrants.add(entry.with(pixels)));
            List<Speed> speeds = new Tournament(rounds, turn, progress).speeds(entrants);
            Peak peak = Peak.of(products, speeds);
            long operations = lineup.network().operations();
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                Speed speed = speeds.get(products.size() + i);
                rows.add(new Row(
                        entry.contender(),
                        entry.batch(),
                        Objects.requireNonNull(agreements.get(entry.contender())),
                        speed,
                        peak.share(speed.imagesPerSecond().median() * operations)));
            }
            return new InferenceReport(
                    known,
                    lineup.network().parameters(),
                    operations,
                    machine,
                    rounds,
                    turn.toMillis() / 1e3,
                    peak,
                    rows,
                    InferenceReport.ratios(rows));
        } finally {
            products.forEach(MatrixProduct::close);
        }
    }

    private static Map<String, Agreement> agreements(Lineup lineup, LabelledImages test) {
        ImageClassifier first = lineup.classifiers().values().iterator().next();
        return lineup.classifiers().entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        one -> Agreement.between(one.getValue(), first, test, COMPARED)
                                .require(one.getKey(), Lineup.tolerance(one.getKey()))));
    }
}
