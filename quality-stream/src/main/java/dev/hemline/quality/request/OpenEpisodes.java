package dev.hemline.quality.request;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.Sample;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Episodes that wait for labels, as they were known at the last look: whose samples are to be labelled, and how many. Thread-safe. */
final class OpenEpisodes implements Function<Sample, Optional<Episode>>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenEpisodes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BEGINNING = Duration.ofSeconds(4);

    /** There is one of each model at a time. */
    private static final int MOST = 100;

    private static final Set<EpisodeState> ASKING =
            Set.of(EpisodeState.LABELLING, EpisodeState.PROVING, EpisodeState.WATCHING);

    private final CompactedTopic<Episode> topic;
    private final Map<String, Episode> waiting = new HashMap<>();
    private volatile List<Episode> known = List.of();

    OpenEpisodes(KafkaSettings kafka) {
        topic = new CompactedTopic<>(kafka, Topics.EPISODES, id -> true, PATIENCE);
    }

    /** Looks again; what was known stays known while brokers do not tell. For one thread. */
    void refresh() {
        try {
            topic.readNew(this::tell);
            known = List.copyOf(waiting.values());
        } catch (KafkaException e) {
            LOG.debug("Topic {} was not read", Topics.EPISODES, e);
        }
    }

    private void tell(String id, @Nullable Episode episode) {
        if (episode == null
                || !ASKING.contains(episode.getState())
                || !episode.getId().equals(id)
                || EventChecks.fault(episode).isPresent()) {
            waiting.remove(id);
        } else if (waiting.size() < MOST) {
            waiting.put(id, episode);
        }
    }

    /** The one that a sample's label would be of use to. */
    @Override
    public Optional<Episode> apply(Sample sample) {
        return of(known, sample);
    }

    static Optional<Episode> of(Collection<Episode> episodes, Sample sample) {
        return episodes.stream()
                .filter(episode -> episode.getModelName().equals(sample.getModelName())
                        && version(episode) == sample.getModelVersion()
                        && !sample.getClassifiedAt().isBefore(since(episode)))
                .filter(episode -> episode.getSource().isEmpty()
                        || episode.getSource().equals(BusiestSources.bounded(sample.getSource())))
                .findFirst();
    }

    /** What a challenger has not answered compares nothing, and it takes a while to begin. */
    private static Instant since(Episode episode) {
        return episode.getState() == EpisodeState.PROVING
                ? episode.getSteps().stream()
                        .filter(step -> step.getKind() == EpisodeStepKind.CHALLENGING)
                        .map(step -> step.getAt().plus(BEGINNING))
                        .reduce(Instant.MAX, (earlier, later) -> later)
                : Instant.MIN;
    }

    /** Whose pictures are to be labelled. */
    private static int version(Episode episode) {
        return episode.getState() == EpisodeState.WATCHING
                ? episode.getSteps().stream()
                        .filter(step -> step.getKind() == EpisodeStepKind.REFRESHED)
                        .map(EpisodeStep::getVersion)
                        .filter(Objects::nonNull)
                        .reduce(0, (earlier, later) -> later)
                : episode.getModelVersion();
    }

    @Override
    public void close() {
        topic.close();
    }
}
