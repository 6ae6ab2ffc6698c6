package dev.hemline.benchmarks.peer;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.Probabilities;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From events with raw grey pixels to results with everything that Hemline's have. For one thread. Owns its classifier. */
final class EventClassifier implements AutoCloseable {
    private static final int IMAGE_BYTES = FashionMnist.HEIGHT * FashionMnist.WIDTH;

    private final ImageClassifier classifier;
    private ByteBuffer pixels = ByteBuffer.allocateDirect(IMAGE_BYTES);

    EventClassifier(ImageClassifier classifier) {
        this.classifier = classifier;
    }

    /** @param events at least one */
    List<Classification> classify(List<ImageEvent> events) {
        if (pixels.capacity() < events.size() * IMAGE_BYTES) {
            pixels = ByteBuffer.allocateDirect(events.size() * IMAGE_BYTES);
        }
        pixels.clear();
        events.forEach(event -> pixels.put(event.getContent().duplicate()));
        pixels.flip();
        float[][] probabilities = classifier.classify(pixels, events.size());
        Instant now = Instant.now();
        List<Classification> results = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            results.add(result(events.get(i), probabilities[i], now));
        }
        return results;
    }

    private static Classification result(ImageEvent event, float[] probabilities, Instant now) {
        int best = Probabilities.mostLikely(probabilities);
        List<Float> all = new ArrayList<>(probabilities.length);
        for (float probability : probabilities) {
            all.add(probability);
        }
        return Classification.newBuilder()
                .setId(event.getId())
                .setSource(event.getSource())
                .setLabel(best)
                .setLabelName(FashionMnist.CLASS_NAMES.get(best))
                .setConfidence(probabilities[best])
                .setProbabilities(all)
                .setModelName("peer")
                .setModelVersion(1)
                .setModelSha256("000000000000")
                .setCapturedAt(event.getCapturedAt())
                .setClassifiedAt(now)
                .build();
    }

    @Override
    public void close() {
        classifier.close();
    }
}
