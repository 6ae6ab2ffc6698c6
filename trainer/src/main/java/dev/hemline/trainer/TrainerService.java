package dev.hemline.trainer;

import dev.hemline.event.Episode;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.TrainingRequest;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.StopSignal;
import dev.hemline.service.Texts;
import dev.hemline.trainer.CandidatePublisher.Conclusion;
import dev.hemline.trainer.Occasion.Trigger;
import dev.hemline.trainer.RequestQueue.Pending;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.TrainingFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains whenever there is a reason to: no model yet, a request, or time gone by. Requests wait while a training runs. How
 * far they were handled is committed after the training, by the publisher, so that a trainer that was taken over from
 * cannot, and notices it even when idle.
 */
final class TrainerService {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerService.class);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MAX_SAID_CHARS = 500;
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(30);

    private final TrainingSession session;
    private final RequestQueue queue;
    private final Optional<LearningLoop> loop;
    private final TrainingOptions training;
    private final TrainerOptions options;
    private final KafkaSettings kafka;
    private final StopSignal stop;
    private final Recipe recipe;
    private Instant lastEnd = Instant.EPOCH;
    private Instant lastCheck = Instant.EPOCH;
    private int trainings;
    private boolean begun;

    TrainerService(
            TrainingSession session,
            RequestQueue queue,
            Optional<LearningLoop> loop,
            TrainingOptions training,
            TrainerOptions options,
            KafkaSettings kafka,
            StopSignal stop) {
        this.session = session;
        this.queue = queue;
        this.loop = loop;
        this.training = training;
        this.options = options;
        this.kafka = kafka;
        this.stop = stop;
        this.recipe = training.recipe();
    }

    /** Returns when it is told to stop. */
    void run() {
        while (!stop.requested()) {
            try {
                lookAround();
            } catch (InterruptException e) {
                // Taken down, because nothing could be closed in order with the flag up.
                Thread.interrupted();
                stop.request();
            } catch (KafkaException e) {
                LOG.warn("Kafka does not do what is needed; trying again: {}", e.toString());
                var unused = stop.await(PAUSE);
            }
        }
    }

    /** Whether to train at once is looked up, and that may take brokers several tries. */
    private void begin() {
        Optional<ModelManifest> newest = session.candidates().versions().newest();
        lastEnd = newest.map(ModelManifest::getCreatedAt).orElse(Instant.EPOCH);
        if (newest.isEmpty() || options.atStart) {
            train(new TrainingOrder(Occasion.of(Trigger.START), recipe, options.force));
        }
        begun = true;
        sayWhatIsWaitedFor();
    }

    private void lookAround() {
        if (!begun) {
            begin();
            return;
        }
        List<Pending> requests = queue.next(GLANCE);
        if (!requests.isEmpty()) {
            answer(requests);
        } else if (options.isDue(lastEnd)) {
            train(new TrainingOrder(Occasion.of(Trigger.SCHEDULE), recipe.withSeed(freshSeed()), options.force));
            sayWhatIsWaitedFor();
        } else if (episodeWaits()) {
            sayWhatIsWaitedFor();
        } else if (Instant.now().isAfter(lastCheck.plus(BETWEEN_CHECKS))) {
            commit();
        }
    }

    /** Whether there was one that waited for its refresh. */
    private boolean episodeWaits() {
        Optional<Episode> waiting = loop.flatMap(LearningLoop::look);
        waiting.ifPresent(episode -> refresh(loop.orElseThrow(), episode));
        return waiting.isPresent();
    }

    private void refresh(LearningLoop mending, Episode episode) {
        try {
            refresh(mending, Occasion.ofEpisode(episode.getId()), episode.getOnsetAt(), options.force)
                    .ifPresent(ended -> ended.published()
                            .ifPresentOrElse(
                                    version -> mending.refreshed(episode, version),
                                    () -> mending.refused(
                                            episode, ended.objection().orElse(""))));
        } catch (TrainingFailedException e) {
            LOG.warn("Nothing came of the refresh: {}", e.getMessage());
            mending.refused(episode, String.valueOf(e.getMessage()));
        }
    }

    /** @return whether it came to an end, good or bad, and was not stopped */
    private boolean refresh(List<TrainingRequest> requests) {
        List<String> ids = requests.stream().map(TrainingRequest::getId).toList();
        if (loop.isEmpty()) {
            session.requestRefused();
            LOG.warn("Request {} asks for a refresh, and this trainer was started with --reservoir 0", told(ids));
            return true;
        }
        try {
            return refresh(
                            loop.get(),
                            Occasion.ofRequests(ids),
                            Instant.EPOCH,
                            requests.get(0).getForce() || options.force)
                    .isPresent();
        } catch (TrainingFailedException e) {
            LOG.warn("Nothing came of the refresh that request {} asks for: {}", told(ids), e.getMessage());
            return true;
        }
    }

    private Optional<Conclusion> refresh(LearningLoop mending, Occasion occasion, Instant since, boolean force) {
        trainings++;
        try {
            return session.refresh(
                    new RefreshOrder(occasion, mending.traffic(since), freshSeed(), force, mending::review),
                    stop::requested);
        } finally {
            lastEnd = Instant.now();
            retireOldVersions();
        }
    }

    private static String told(List<String> ids) {
        return Texts.printable(String.join(", ", ids), MAX_SAID_CHARS);
    }

    private void answer(List<Pending> requests) {
        Set<String> answered = answeredBefore();
        List<TrainingRequest> open = requests.stream()
                .map(Pending::request)
                .filter(request -> answered.add(request.getId()))
                .toList();
        LOG.info(
                "{} of {} waiting requests are for the same training; {} of them were answered before",
                requests.size(),
                queue.size(),
                requests.size() - open.size());
        boolean done = open.isEmpty()
                || (open.get(0).getRefresh()
                        ? refresh(open)
                        : orderFor(open).map(this::train).orElse(true));
        if (done) {
            queue.handled(requests);
            commit();
            sayWhatIsWaitedFor();
        }
    }

    /** What was published for a request just before a crash, so that its progress was not committed. */
    private Set<String> answeredBefore() {
        PublishedVersions versions = session.candidates().versions();
        return versions.versions().values().stream()
                .map(PublishedVersion::manifest)
                .map(manifest -> Occasion.requestsIn(manifest.getTraining()))
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Empty if what is asked for makes no sense, which is logged. */
    private Optional<TrainingOrder> orderFor(List<TrainingRequest> requests) {
        TrainingRequest first = requests.get(0);
        List<String> ids = requests.stream().map(TrainingRequest::getId).toList();
        try {
            Long seed = first.getSeed();
            Recipe asked = training.recipe.recipe(
                    Optional.ofNullable(first.getNetwork()), Optional.ofNullable(first.getEpochs()));
            Recipe seeded = asked.withSeed(seed == null ? freshSeed() : seed);
            return Optional.of(new TrainingOrder(Occasion.ofRequests(ids), seeded, first.getForce() || options.force));
        } catch (IllegalArgumentException e) {
            session.requestRefused();
            LOG.warn(
                    "Request {} cannot be met: {}",
                    told(ids),
                    Texts.printable(String.valueOf(e.getMessage()), MAX_SAID_CHARS));
            return Optional.empty();
        }
    }

    /** With a seed used before, a training could only find the same network again. */
    private long freshSeed() {
        return recipe.seed() + session.candidates().versions().highest() + trainings;
    }

    /** @return whether it came to an end, good or bad, and was not stopped */
    private boolean train(TrainingOrder order) {
        trainings++;
        try {
            boolean ended = session.train(order, stop::requested);
            LOG.info(ended ? "Training is over" : "Training was stopped");
            if (ended) {
                lastEnd = Instant.now();
                retireOldVersions();
            }
            return ended;
        } catch (TrainingFailedException e) {
            LOG.warn("Nothing came of it: {}", e.getMessage());
            lastEnd = Instant.now();
            return true;
        }
    }

    /** What fails is logged and done after the next training. */
    private void retireOldVersions() {
        try {
            List<Integer> retired = options.retention()
                    .map(kept -> kept.apply(
                            training.modelName, kafka.client(Map.of()), training.trusted(), "hemline trainer"))
                    .orElse(List.of());
            if (!retired.isEmpty()) {
                LOG.info("Retired old versions: {}", retired);
            }
        } catch (KafkaException e) {
            LOG.warn("Old versions were not retired; after the next training they will be: {}", e.toString());
        }
    }

    private void commit() {
        lastCheck = Instant.now();
        session.candidates().commit(queue.group(), queue.progress());
    }

    private void sayWhatIsWaitedFor() {
        List<String> reasons = new ArrayList<>(List.of("requests on topic training-requests"));
        options.due(lastEnd).ifPresent(due -> reasons.add("the next training at " + due));
        reasons.add("being stopped");
        if (!stop.requested()) {
            LOG.info("Waiting for {}", String.join(", ", reasons));
        }
    }
}
