package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.service.UserError;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a version whenever the network is better than every version before it, those of earlier trainers included.
 * Owned by one thread.
 */
final class Releases implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

    private final Supplier<ModelPublisher> publishers;
    private @Nullable ModelPublisher publisher;
    private double bestAccuracy = -1;

    /**
     * Takes over publishing at once, so that of two trainers the one started later goes on.
     *
     * @param publishers opens a publisher; asked again after one failed
     */
    Releases(Supplier<ModelPublisher> publishers) {
        this.publishers = publishers;
        open();
    }

    /**
     * Publishes if it is an improvement.
     *
     * @return the manifest as published, or null if it is no improvement or could not be published, which is logged
     * @throws UserError if another trainer of this model took over
     */
    @Nullable
    ModelManifest offer(double accuracy, Supplier<Candidate> candidate) {
        try {
            ModelPublisher open = publisher == null ? open() : publisher;
            if (accuracy <= bestAccuracy) {
                return null;
            }
            Candidate better = candidate.get();
            ModelManifest published = open.publish(better.draft(), better.archive());
            bestAccuracy = accuracy;
            return published;
        } catch (FencedPublisherException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            LOG.warn("A version was not published; the next one will be tried again: {}", e.toString());
            close();
            return null;
        }
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    private ModelPublisher open() {
        ModelPublisher opened = publishers.get();
        publisher = opened;
        opened.versions().newest().ifPresent(newest -> {
            bestAccuracy = Math.max(bestAccuracy, newest.getEvaluation().getAccuracy());
            LOG.info(
                    "Version {} is the newest on the topic, with an accuracy of {}; only better ones are published",
                    newest.getVersion(),
                    Percent.of(newest.getEvaluation().getAccuracy()));
        });
        return opened;
    }
}
