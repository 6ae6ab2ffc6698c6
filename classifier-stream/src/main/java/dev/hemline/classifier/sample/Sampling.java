package dev.hemline.classifier.sample;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.SampleLoss;
import dev.hemline.event.Classification;
import dev.hemline.event.ModelInput;
import dev.hemline.event.Sample;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pictures of a share of events, as the model saw them. Which, their ids say; of those, so many bytes a second at most.
 * Takes none before it has begun: brokers of an older release may have no topic for them. Thread-safe.
 */
public final class Sampling {
    /** Of all samples of one instance: 1,200 of Fashion-MNIST, 6 of 224 x 224 pixels in colour. */
    static final long BYTES_A_SECOND = 1 << 20;
    /** A quiet second lends to a busy one. */
    private static final long MOST_SAVED = 2 * BYTES_A_SECOND;

    private static final int FRAME_BYTES = 256;
    private static final int MOST_UTF8_BYTES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);

    private final EventShare share;
    private final LongSupplier nanoTime;
    private double saved = BYTES_A_SECOND;
    private long savedAt;
    private volatile int mostBytes;

    /** @param share of events, 0 to 1 */
    public Sampling(double share) {
        this(share, System::nanoTime);
    }

    Sampling(double share, LongSupplier nanoTime) {
        this.share = new EventShare(Topics.SAMPLES.name(), share);
        this.nanoTime = nanoTime;
        savedAt = nanoTime.getAsLong();
    }

    /** Takes none. */
    public static Sampling none() {
        return new Sampling(0);
    }

    /** Begins where there is a topic for them, or one can be made; else there are none, which stops nothing. */
    public void beginOn(KafkaSettings kafka) {
        if (share.share() > 0) {
            try {
                KafkaTopics.ensure(kafka, List.of(Topics.SAMPLES));
                begin(KafkaTopics.maxMessageBytes(kafka, Topics.SAMPLES));
            } catch (UserError e) {
                LOG.warn("No samples are kept here: {}", e.getMessage());
            }
        }
    }

    /** @param largest sample that brokers take, in bytes */
    public void begin(int largest) {
        mostBytes = largest;
    }

    /** Whether this event is to leave a sample. */
    public boolean has(String id) {
        return mostBytes > 0 && share.has(id);
    }

    /**
     * What is kept of an event that is to leave one.
     *
     * @param picture of the shape that {@code input} tells; copied
     * @param listener hears why there is none
     * @return null if there is none
     */
    public @Nullable Sample of(
            Classification answer, ModelInput input, ByteBuffer picture, ClassifierListener listener) {
        long bytes = mostBytes(answer, picture.remaining());
        if (bytes > mostBytes) {
            listener.sampleLeftOut(SampleLoss.TOO_LARGE);
            return null;
        }
        if (!spend(bytes)) {
            listener.sampleLeftOut(SampleLoss.TOO_MANY);
            return null;
        }
        return Sample.newBuilder()
                .setId(answer.getId())
                .setSource(answer.getSource())
                .setChannels(input.getChannels())
                .setHeight(input.getHeight())
                .setWidth(input.getWidth())
                .setPixels(ByteBuffer.allocate(picture.remaining()).put(picture).flip())
                .setProbabilities(answer.getProbabilities())
                .setModelName(answer.getModelName())
                .setModelVersion(answer.getModelVersion())
                .setShare(share.share())
                .setCapturedAt(answer.getCapturedAt())
                .setClassifiedAt(answer.getClassifiedAt())
                .build();
    }

    private synchronized boolean spend(long bytes) {
        long now = nanoTime.getAsLong();
        saved = Math.min(MOST_SAVED, saved + (now - savedAt) / 1e9 * BYTES_A_SECOND);
        savedAt = now;
        if (saved < bytes) {
            return false;
        }
        saved -= bytes;
        return true;
    }

    /** What the sample of an answer takes as a record, at most. */
    public static long mostBytes(Classification answer, int pixels) {
        long letters = 2L * answer.getId().length()
                + answer.getSource().length()
                + answer.getModelName().length();
        return FRAME_BYTES
                + pixels
                + (long) Float.BYTES * answer.getProbabilities().size()
                + MOST_UTF8_BYTES * letters;
    }
}
