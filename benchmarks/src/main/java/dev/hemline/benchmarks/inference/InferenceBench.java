package dev.hemline.benchmarks.inference;

import static java.util.stream.Collectors.toMap;

import dev.hemline.benchmarks.inference.InferenceReport.Row;
import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.MatrixProduct;
import dev.hemline.benchmarks.tournament.Contender;
import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.benchmarks.tournament.Tournament;
import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.TorchEngine;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks the same network about the same images in every way there is to compare, on one core. */
final class InferenceBench {
    private static final int COMPARED = 1000;

    private final InferenceSettings settings;
    private final LabelledImages images;
    private final TurnListener progress;

    /** @param images at least one */
    InferenceBench(InferenceSettings settings, LabelledImages images, TurnListener progress) {
        this.settings = settings;
        this.images = images;
        this.progress = progress;
    }

    /** @throws IllegalStateException if the contenders do not answer alike */
    InferenceReport run() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        TorchEngine.start(1);
        List<MatrixProduct> products = MatrixProduct.ofEveryLibrary();
        try (var lineup = Lineup.of(settings.network(), images)) {
            Map<String, Agreement> agreements = agreements(lineup);
            List<Entry> entries = lineup.entries(settings.batches());
            List<Speed> speeds =
                    new Tournament(settings.rounds(), settings.turn(), progress).speeds(contenders(products, entries));
            Peak peak = Peak.of(products, speeds);
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                Speed speed = speeds.get(products.size() + i);
                rows.add(new Row(
                        entry.contender(),
                        entry.batch(),
                        Objects.requireNonNull(agreements.get(entry.contender())),
                        speed,
                        peak.share(speed.imagesPerSecond().median()
                                * lineup.network().operations())));
            }
            return new InferenceReport(
                    settings.network(),
                    lineup.network().parameters(),
                    lineup.network().operations(),
                    Runtime.getRuntime().availableProcessors(),
                    load,
                    settings.rounds(),
                    settings.turn().toMillis() / 1e3,
                    peak,
                    rows,
                    Comparison.of(rows).ratios());
        } finally {
            products.forEach(MatrixProduct::close);
        }
    }

    private Map<String, Agreement> agreements(Lineup lineup) {
        var first = lineup.classifiers().values().iterator().next();
        return lineup.classifiers().entrySet().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        one -> Agreement.between(one.getValue(), first, images, COMPARED)
                                .require(one.getKey(), Lineup.tolerance(one.getKey()))));
    }

    /** The products of matrices take their turns among them, so that their speed is that of the same minutes. */
    private List<Contender> contenders(List<MatrixProduct> products, List<Entry> entries) {
        ByteBuffer pixels = pixels();
        List<Contender> contenders = new ArrayList<>();
        for (MatrixProduct product : products) {
            contenders.add(new Contender("matrix product of " + product.library(), 1, timer -> {
                do {
                    product.multiply();
                } while (timer.stepped());
            }));
        }
        entries.forEach(entry -> contenders.add(entry.with(pixels)));
        return contenders;
    }

    private ByteBuffer pixels() {
        int largest =
                settings.batches().stream().mapToInt(Integer::intValue).max().orElseThrow();
        int imageSize = images.width() * images.height();
        byte[] pixels = new byte[largest * imageSize];
        for (int i = 0; i < largest; i++) {
            images.copyImage(i % images.size(), pixels, i * imageSize);
        }
        return ByteBuffer.wrap(pixels);
    }
}
