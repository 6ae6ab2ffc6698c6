package dev.hemline.quickstart.demo.season;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.EpisodeText;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.Texts;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows episodes while a demo runs. Not for several threads. */
public final class EpisodeFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EpisodeFeed.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CompactedTopic<Episode> topic;
    private final Map<String, Episode> newest = new LinkedHashMap<>();
    private final List<String> news = new ArrayList<>();

    public EpisodeFeed(KafkaSettings kafka) {
        topic = new CompactedTopic<>(kafka, Topics.EPISODES, id -> true, PATIENCE);
    }

    /** What has happened since the last look, as lines for people. */
    public List<String> news() {
        try {
            topic.readNew(this::tell);
        } catch (KafkaException e) {
            LOG.debug("Topic {} was not read", Topics.EPISODES, e);
        }
        List<String> told = List.copyOf(news);
        news.clear();
        return told;
    }

    private void tell(String id, @Nullable Episode episode) {
        if (episode == null) {
            return;
        }
        Episode before = newest.put(id, episode);
        List<EpisodeStep> steps = episode.getSteps();
        int known = before == null ? 0 : Math.min(before.getSteps().size(), steps.size());
        for (EpisodeStep step : steps.subList(known, steps.size())) {
            boolean last = step.equals(steps.get(steps.size() - 1));
            news.add("  " + Texts.clock(step.getAt(), ZoneId.systemDefault()) + "  "
                    + (last ? EpisodeText.sentence(episode) : EpisodeText.step(step)));
        }
    }

    /** All, as of the last look. */
    public List<Episode> episodes() {
        return List.copyOf(newest.values());
    }

    /** When the newest that began after a time was over and accuracy back; empty as long as it is not. */
    public Optional<Instant> recoveredAfter(Instant time) {
        return newest.values().stream()
                .filter(episode -> episode.getBegunAt().isAfter(time))
                .max(Comparator.comparing(Episode::getBegunAt))
                .filter(EpisodeFeed::isRecovered)
                .map(Episode::getChangedAt);
    }

    private static boolean isRecovered(Episode episode) {
        List<EpisodeStep> steps = episode.getSteps();
        return !steps.isEmpty() && steps.get(steps.size() - 1).getKind() == EpisodeStepKind.RECOVERED;
    }

    @Override
    public void close() {
        topic.close();
    }
}
