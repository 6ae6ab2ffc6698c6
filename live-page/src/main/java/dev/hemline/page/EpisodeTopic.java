package dev.hemline.page;

import dev.hemline.event.Episode;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What trainers have told of episodes: topic {@code episodes} from its beginning when it is asked for the first time, and then on from where it
 * was read to. Thread-safe.
 */
final class EpisodeTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EpisodeTopic.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** For so long nothing new is told where the topic is missing, or may not be read, without another try. */
    private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

    private final KafkaSettings kafka;
    private @Nullable Followed followed;
    private @Nullable Long refusedAt;

    private record Followed(String model, CompactedTopic<Episode> topic, ToldEpisodes told) {}

    /** Connects to nothing before it is asked. */
    EpisodeTopic(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * Those of a model, as {@link ToldEpisodes#newestFirst()} orders them. Where the topic is missing, or may not be read, those that were known.
     *
     * @throws KafkaException if it cannot be read within some seconds
     */
    synchronized List<Episode> read(String model) {
        Followed open = followed;
        if (open == null || !open.model.equals(model)) {
            close();
            open = new Followed(
                    model, new CompactedTopic<>(kafka, Topics.EPISODES, id -> true, PATIENCE), new ToldEpisodes(model));
            followed = open;
        }
        if (refusedAt == null || System.nanoTime() - refusedAt >= PAUSE_NANOS) {
            readNew(open);
        }
        return open.told.newestFirst();
    }

    private void readNew(Followed open) {
        refusedAt = null;
        try {
            open.topic.readNew(open.told::tell);
        } catch (UnknownTopicOrPartitionException | AuthorizationException e) {
            LOG.debug("No new episode is shown", e);
            refusedAt = System.nanoTime();
        }
    }

    @Override
    public synchronized void close() {
        if (followed != null) {
            followed.topic.close();
            followed = null;
        }
    }
}
