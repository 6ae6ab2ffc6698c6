package dev.hemline.trainer;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.Sample;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.EpisodeText;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.episode.LoopTopics;
import dev.hemline.trainer.episode.Steward;
import dev.hemline.trainer.labeller.LabellerAudit;
import dev.hemline.trainer.labeller.Suspicion;
import dev.hemline.trainer.reservoir.Answer;
import dev.hemline.trainer.reservoir.LabelledSample;
import dev.hemline.trainer.reservoir.LabelledTraffic;
import dev.hemline.trainer.reservoir.Quotas;
import dev.hemline.trainer.reservoir.Reservoir;
import dev.hemline.trainer.reservoir.ReservoirFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a trainer that mends what serves keeps in view: labelled traffic, and the episode that is under way. For one thread. */
final class LearningLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LearningLoop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_RECENT = 4_000;

    private final KafkaSettings kafka;
    private final LabelledImages images;
    private final Steward steward;
    private final Reservoir reservoir;
    private final ReservoirFeed feed;
    private final LoopTopics topics;
    private final CompactedTopic<Episode> episodes;
    private final LabellerGuard guard;
    private final Quotas quotas;
    private final LogThrottle line = new LogThrottle();
    private volatile boolean episodeOpen;
    private long pausedUntil = System.nanoTime();
    private boolean ensured;

    private LearningLoop(
            Steward steward,
            Reservoir reservoir,
            ReservoirFeed feed,
            LoopTopics topics,
            CompactedTopic<Episode> episodes,
            LabellerGuard guard,
            Quotas quotas,
            KafkaSettings kafka,
            LabelledImages images) {
        this.kafka = kafka;
        this.images = images;
        this.steward = steward;
        this.reservoir = reservoir;
        this.feed = feed;
        this.topics = topics;
        this.episodes = episodes;
        this.guard = guard;
        this.quotas = quotas;
    }

    /**
     * Begins to read.
     *
     * @param images that trainings learn from
     */
    static LearningLoop start(
            TrainingOptions training,
            TrainerOptions options,
            KafkaSettings kafka,
            LabelledImages images,
            MeterRegistry registry) {
        String model = training.modelName;
        var reservoir = new Reservoir(options.reservoir, images.classNames().size());
        var loop = new LearningLoop(
                new Steward(model),
                reservoir,
                ReservoirFeed.start(kafka, model, reservoir, Instant.now().minus(options.reservoirWindow)),
                new LoopTopics(kafka, model, training.trusted()),
                new CompactedTopic<>(kafka, Topics.EPISODES, id -> true, PATIENCE),
                new LabellerGuard(kafka, new LabellerAudit(images.classNames())),
                options.quotas(),
                kafka,
                images);
        loop.register(registry, Tags.of("model", model));
        return loop;
    }

    private void register(MeterRegistry registry, Tags tags) {
        Gauge.builder(
                        "hemline.reservoir.samples",
                        reservoir,
                        kept -> kept.ballots().size())
                .description("Labelled pictures of live traffic that are kept")
                .tags(tags)
                .register(registry);
        Gauge.builder("hemline.episode.open", this, loop -> loop.episodeOpen ? 1 : 0)
                .description("1 while what serves is being mended")
                .tags(tags)
                .register(registry);
        Gauge.builder("hemline.labellers.quarantined", guard, LabellerGuard::quarantined)
                .description("Labellers whose labels do not count")
                .tags(tags)
                .register(registry);
    }

    /**
     * Looks what there is to do, and tells what it decides. Where topics cannot be read or written, the log says so, and trainings go on.
     *
     * @return the episode that waits for its refresh, if one does
     */
    Optional<Episode> look() {
        if (!feed.caughtUp() || System.nanoTime() - pausedUntil < 0) {
            return Optional.empty();
        }
        try {
            return looked();
        } catch (KafkaException | UserError e) {
            pausedUntil = System.nanoTime() + PAUSE_NANOS;
            if (line.isDue(e.toString())) {
                LOG.warn("What serves is not looked after; trying again: {}", e.toString());
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            // An error of ours ends no training.
            pausedUntil = System.nanoTime() + PAUSE_NANOS;
            if (line.isDue(e.toString())) {
                LOG.error("What serves is not looked after; please report this", e);
            }
            return Optional.empty();
        }
    }

    private Optional<Episode> looked() {
        if (!ensured) {
            KafkaTopics.ensure(
                    kafka, List.of(Topics.EPISODES, Topics.DRIFT, Topics.EXPERIMENT_DECISIONS, Topics.LABELLERS));
            ensured = true;
        }
        topics.look();
        Instant now = Instant.now();
        if (guard.look(feed, reservoir.newest(), topics.undisturbed(now), topics.labellers())) {
            // What they said must not decide anything any more, and does not from the next look on.
            return Optional.empty();
        }
        var situation = topics.situation(quotas.of(reservoir.newest(topics.labellers()::believes)), now);
        Optional<Episode> next = steward.next(topics.episodes(), situation);
        next.ifPresent(this::tell);
        Optional<Episode> open = next.or(() -> steward.open(topics.episodes()));
        episodeOpen =
                open.filter(episode -> episode.getState() != EpisodeState.ENDED).isPresent();
        return open.filter(episode -> episode.getState() == EpisodeState.REFRESHING);
    }

    /**
     * All labelled traffic that is kept, and what traffic looks like now.
     *
     * @param since when it has looked like that
     */
    LabelledTraffic traffic(Instant since) {
        // Those whose labels are believed, within what anybody may have a say in.
        List<LabelledSample> labelled = quotas.of(reservoir.samples(topics.labellers()::believes));
        List<Sample> recent = Stream.concat(
                        labelled.stream().map(LabelledSample::sample), feed.unlabelled(MOST_RECENT).stream())
                .filter(sample -> !sample.getClassifiedAt().isBefore(since) && !LabelledSample.isHeldOut(sample))
                .limit(MOST_RECENT)
                .toList();
        return LabelledTraffic.of(labelled, recent, images);
    }

    /** Holds labels against what a version makes of the same pictures; whose cannot be believed, does not count any more. */
    List<Suspicion> review(List<LabelledSample> samples, List<Answer> answers, double honest) {
        List<Suspicion> suspicions = guard.suspicions(samples, answers, honest, topics.labellers());
        guard.quarantine(suspicions);
        return suspicions;
    }

    /** The labelled traffic that is kept. */
    Reservoir reservoir() {
        return reservoir;
    }

    /** A refresh has brought a version. */
    void refreshed(Episode episode, ModelManifest version) {
        tell(Steward.refreshed(episode, version, Instant.now()));
    }

    /** A refresh has brought none. */
    void refused(Episode episode, String reason) {
        tell(Steward.refused(episode, reason, Instant.now()));
    }

    private void tell(Episode episode) {
        episodes.write(episode.getId(), episode);
        LOG.info("Episode {}: {}", episode.getId(), EpisodeText.sentence(episode));
    }

    @Override
    public void close() {
        feed.close();
        topics.close();
        episodes.close();
        guard.close();
    }
}
