package dev.hemline.classifier.engine;

import dev.hemline.classifier.engine.BatchQueue.Job;
import dev.hemline.classifier.lifecycle.ModelRegistry.Lease;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.UnfitImageException;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Rejection;
import dev.hemline.topic.UndecodableEventException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One model in one worker's hands: from batches of events to an outcome for each. Owned by one thread. */
final class BatchClassifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchClassifier.class);
    private static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);
    private static final int SHA256_PREFIX = 12;

    private final Lease lease;
    private final ImageClassifier classifier;
    private final ModelManifest manifest;
    private final ImageDecoder decoder;
    private final ClassifierListener listener;
    private final int imageBytes;
    private final ByteBuffer pixels;

    /** Takes the lease over. */
    BatchClassifier(Lease lease, ImageDecoder decoder, int maxBatch, ClassifierListener listener) {
        this.lease = lease;
        this.classifier = lease.model().newClassifier();
        this.manifest = lease.model().manifest();
        this.decoder = decoder;
        this.listener = listener;
        ModelInput input = manifest.getInput();
        this.imageBytes = input.getChannels() * input.getHeight() * input.getWidth();
        this.pixels = ByteBuffer.allocateDirect(maxBatch * imageBytes);
    }

    LoadedModel model() {
        return lease.model();
    }

    /** A job whose picture stands in {@link #pixels}, in order. */
    private record Decoded(Job job, ImageEvent event) {}

    void classify(List<Job> jobs) {
        pixels.clear();
        List<Decoded> decoded = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            try {
                decoded.add(new Decoded(job, decode(job)));
            } catch (UndecodableEventException e) {
                job.reject(Rejection.UNDECODABLE_EVENT, e);
            } catch (UnfitImageException e) {
                job.reject(e.reason(), e);
            }
        }
        pixels.flip();
        if (!decoded.isEmpty()) {
            infer(pixels, decoded);
        }
    }

    private ImageEvent decode(Job job) throws UnfitImageException {
        ImageEvent event = EVENTS.decode(job.event());
        if (event.getId().isEmpty()) {
            throw new UnfitImageException(Rejection.MISSING_ID, "The event's id is empty; give every event its own");
        }
        requireShort("id", event.getId());
        requireShort("source", event.getSource());
        decoder.decode(event, manifest.getInput(), pixels);
        return event;
    }

    /** A result names its event twice; one that brokers refuse for its size would stop the stream for good. */
    private static void requireShort(String what, String name) throws UnfitImageException {
        if (name.length() > EventChecks.MAX_NAME_CHARS) {
            throw new UnfitImageException(
                    Rejection.NAME_TOO_LONG,
                    "The event's " + what + " has " + name.length() + " characters, at most "
                            + EventChecks.MAX_NAME_CHARS + " are accepted; give it a shorter one");
        }
    }

    private void infer(ByteBuffer images, List<Decoded> decoded) {
        float[][] probabilities;
        long start = System.nanoTime();
        try {
            probabilities = classifier.classify(images, decoded.size());
        } catch (RuntimeException e) {
            inferEachAlone(images, decoded, e);
            return;
        }
        listener.batchClassified(decoded.size(), Duration.ofNanos(System.nanoTime() - start));
        Instant now = Instant.now();
        for (int i = 0; i < decoded.size(); i++) {
            Decoded one = decoded.get(i);
            if (Probabilities.areProbabilities(probabilities[i])) {
                one.job().outcome().complete(new Outcome.Classified(answer(one.event(), probabilities[i], now)));
            } else {
                one.job()
                        .reject(
                                Rejection.INFERENCE_FAILED,
                                new ArithmeticException("the network gave NaN, infinity or no probabilities"));
            }
        }
    }

    /** So that one poisoned picture does not take its neighbours along. */
    private void inferEachAlone(ByteBuffer images, List<Decoded> decoded, RuntimeException failure) {
        if (decoded.size() == 1) {
            LOG.warn(
                    "The network failed on event {}: {}", decoded.get(0).event().getId(), failure.toString());
            decoded.get(0).job().reject(Rejection.INFERENCE_FAILED, failure);
            return;
        }
        for (int i = 0; i < decoded.size(); i++) {
            infer(images.slice(i * imageBytes, imageBytes), List.of(decoded.get(i)));
        }
    }

    private Classification answer(ImageEvent event, float[] probabilities, Instant now) {
        int best = Probabilities.mostLikely(probabilities);
        List<Float> all = new ArrayList<>(probabilities.length);
        for (float probability : probabilities) {
            all.add(probability);
        }
        return Classification.newBuilder()
                .setId(event.getId())
                .setSource(event.getSource())
                .setLabel(best)
                .setLabelName(manifest.getLabels().get(best))
                .setConfidence(probabilities[best])
                .setProbabilities(all)
                .setModelName(manifest.getName())
                .setModelVersion(manifest.getVersion())
                .setModelSha256(manifest.getArchive().getSha256().substring(0, SHA256_PREFIX))
                .setCapturedAt(event.getCapturedAt())
                .setClassifiedAt(now)
                .build();
    }

    @Override
    public void close() {
        classifier.close();
        lease.close();
    }
}
