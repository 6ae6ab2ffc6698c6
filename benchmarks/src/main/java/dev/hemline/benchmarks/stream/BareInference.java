package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Agreement;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.peer.stream.PeerModel.Form;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.TorchEngine;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What inference costs when there is nothing else: no broker, no events, no results. Owns its classifier. */
record BareInference(ImageClassifier classifier, ByteBuffer pixels) implements AutoCloseable {
    private static final int BATCH = 64;
    private static final Duration LENGTH = Duration.ofSeconds(3);
    private static final double NANOS_PER_MICRO = 1e3;

    static BareInference of(PeerModel model, LabelledImages images) {
        TorchEngine.start(1);
        var bare = new BareInference(model.open(Form.ARCHIVE), Agreement.pixels(images, 0, BATCH));
        bare.micros();
        return bare;
    }

    /** Processor time of this thread per image, in microseconds; takes a few seconds. */
    double micros() {
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long images = 0;
        long used;
        do {
            classifier.classify(pixels, BATCH);
            images += BATCH;
            used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        } while (used < LENGTH.toNanos());
        return used / NANOS_PER_MICRO / images;
    }

    @Override
    public void close() {
        classifier.close();
    }
}
