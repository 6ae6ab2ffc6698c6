package dev.hemline.classifier.engine;

import dev.hemline.classifier.lifecycle.ModelRegistry.Lease;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.sample.Sampling;
import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.Sample;
import dev.hemline.image.UnfitImageException;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.trace.BatchTrace;
import dev.hemline.service.trace.RecordTrace.Step;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.Rejection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One model in one worker's hands: from batches of events to an outcome for each. Owned by one thread. */
final class BatchClassifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchClassifier.class);
    private static final int SHA256_PREFIX = 12;

    private final Lease lease;
    private final ImageClassifier classifier;
    private final ModelManifest manifest;
    private final ClassifierListener listener;
    private final Tracing tracing;
    private final Sampling sampling;
    private final boolean canary;
    private final Unanswered unanswered;
    private final String model;
    private final int imageBytes;
    private final ByteBuffer pixels;
    /** Images at once; fewer from the time that memory was not enough. */
    private int largest;

    /**
     * Takes the lease over.
     *
     * @param canary whether it answers in the place of what serves
     */
    BatchClassifier(
            Lease lease,
            int maxBatch,
            ClassifierListener listener,
            Tracing tracing,
            Sampling sampling,
            boolean canary,
            Unanswered unanswered) {
        this.lease = lease;
        this.classifier = lease.model().newClassifier();
        this.manifest = lease.model().manifest();
        this.listener = listener;
        this.tracing = tracing;
        this.sampling = sampling;
        this.canary = canary;
        this.unanswered = unanswered;
        this.model = manifest.getName() + " v" + manifest.getVersion();
        ModelInput input = manifest.getInput();
        this.imageBytes = input.getChannels() * input.getHeight() * input.getWidth();
        this.largest = Math.min(maxBatch, lease.model().largestBatch());
        this.pixels = ByteBuffer.allocateDirect(Math.multiplyExact(largest, imageBytes));
    }

    LoadedModel model() {
        return lease.model();
    }

    void classify(List<Job> jobs) {
        pixels.clear();
        List<Job> decoded = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            job.trace().begins(Step.DECODE);
            try {
                job.picture().decode(manifest.getInput(), pixels);
                decoded.add(job);
            } catch (UnfitImageException e) {
                unanswered.rejected(job, e.reason(), e);
            }
            job.trace().ends();
        }
        pixels.flip();
        if (!decoded.isEmpty()) {
            infer(pixels, decoded);
        }
    }

    /** @param images those of the jobs, in order */
    private void infer(ByteBuffer images, List<Job> jobs) {
        if (jobs.size() > largest) {
            inferInHalves(images, jobs);
            return;
        }
        float[][] probabilities;
        BatchTrace trace = tracing.infers(jobs, Job::trace, model);
        long start = System.nanoTime();
        try {
            probabilities = classifier.classify(images, jobs.size());
            trace.ended(null);
        } catch (RuntimeException e) {
            trace.ended(e);
            inferWithLess(images, jobs, e);
            return;
        }
        listener.batchClassified(jobs.size(), Duration.ofNanos(System.nanoTime() - start));
        Instant now = Instant.now();
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            if (Probabilities.areProbabilities(probabilities[i])) {
                Classification answer = answer(job.event(), probabilities[i], now);
                job.outcome().complete(new Outcome.Classified(answer, sample(answer, images, i)));
            } else {
                unanswered.rejected(
                        job,
                        Rejection.INFERENCE_FAILED,
                        new ArithmeticException("the network gave NaN, infinity or no probabilities"));
            }
        }
    }

    /** Of an event that is to leave one; most cost a hash of their id. */
    private @Nullable Sample sample(Classification answer, ByteBuffer images, int index) {
        return sampling.has(answer.getId())
                ? sampling.of(answer, manifest.getInput(), images.slice(index * imageBytes, imageBytes), listener)
                : null;
    }

    /** So that one poisoned picture does not take its neighbours along, and a batch that is too large becomes smaller ones. */
    private void inferWithLess(ByteBuffer images, List<Job> jobs, RuntimeException failure) {
        boolean ofMemory = TorchEngine.lacksMemory(failure);
        if (jobs.size() > 1) {
            if (ofMemory) {
                largest = jobs.size() / 2;
                LOG.warn(
                        "Memory is not enough for {} images at once, {} v{} goes on with {}; was: {}",
                        jobs.size(),
                        manifest.getName(),
                        manifest.getVersion(),
                        largest,
                        failure.getMessage());
            }
            inferInHalves(images, jobs);
        } else if (ofMemory) {
            // It was enough in the rehearsal: this is the machine's fault and no event's.
            throw failure;
        } else {
            LOG.warn("The network failed on event {}: {}", jobs.get(0).event().getId(), failure.toString());
            unanswered.rejected(jobs.get(0), Rejection.INFERENCE_FAILED, failure);
        }
    }

    private void inferInHalves(ByteBuffer images, List<Job> jobs) {
        int half = jobs.size() / 2;
        infer(images.slice(0, half * imageBytes), jobs.subList(0, half));
        infer(images.slice(half * imageBytes, (jobs.size() - half) * imageBytes), jobs.subList(half, jobs.size()));
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
                .setCanary(canary)
                .build();
    }

    @Override
    public void close() {
        classifier.close();
        lease.close();
    }
}
