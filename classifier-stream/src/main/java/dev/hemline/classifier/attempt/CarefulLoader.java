package dev.hemline.classifier.attempt;

import dev.hemline.event.AttemptState;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.service.CompactedTopic;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads versions so that one whose native code ends the process ends few. Each instance says on topic
 * {@code model-attempts} what it is about to load, and takes that back afterwards; one goes first, the others wait for it.
 * Where one never came back, the version is tried in a process of its own, and refused if it ends that. As long as trials
 * tell, what stands on the topic convicts nobody: an end that has other reasons costs a trial and no model. Loads one at a time. Thread-safe.
 */
public final class CarefulLoader implements ModelLoader {
    private static final Logger LOG = LoggerFactory.getLogger(CarefulLoader.class);

    /** How long somebody else's loading is waited for; nearly all models load in less, and what serves, serves on. */
    static final Duration TURN = Duration.ofSeconds(10);

    /** Where no trial tells, for instance because the kernel ends that too, so many are the version's fault. */
    static final int MOST_DEATHS = 3;

    /** Far more than instances; who may write to the topic may write any number. */
    private static final int MOST_STANDING = 1_000;

    /** Brokers that are silent for longer must not keep a model from serving. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration TICK = Duration.ofMillis(200);

    private final Function<Predicate<String>, CompactedTopic<ModelAttempt>> topics;
    private final String applicationId;
    private final String instance;
    private final ModelLoader loader;
    private final Trial trial;
    private final Duration turn;
    private final LogThrottle line = new LogThrottle();
    private volatile Optional<String> trouble = Optional.empty();
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /**
     * One that connects when there is something to load.
     *
     * @param instance another one after a restart
     * @param loader loads, rehearsals included
     * @param trial does so elsewhere
     */
    public CarefulLoader(KafkaSettings kafka, String applicationId, String instance, ModelLoader loader, Trial trial) {
        this(
                wanted -> new CompactedTopic<>(kafka, Topics.MODEL_ATTEMPTS, wanted, PATIENCE),
                applicationId,
                instance,
                loader,
                trial,
                TURN);
    }

    CarefulLoader(
            Function<Predicate<String>, CompactedTopic<ModelAttempt>> topics,
            String applicationId,
            String instance,
            ModelLoader loader,
            Trial trial,
            Duration turn) {
        this.topics = topics;
        this.applicationId = applicationId;
        this.instance = instance;
        this.loader = loader;
        this.trial = trial;
        this.turn = turn;
    }

    /**
     * As the loader that it takes care of, and waits for others to go first.
     *
     * @throws ModelRefusedException also if it ends processes
     * @throws KafkaException if this was cancelled
     */
    @Override
    public synchronized LoadedModel load(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        try (Attempt attempt = new Attempt(manifest)) {
            try {
                attempt.begin(archive);
                trouble = Optional.empty();
            } catch (KafkaException e) {
                requireNotCancelled();
                goOnWithout(e);
            }
            return loader.load(manifest, archive);
        }
    }

    private void goOnWithout(KafkaException e) {
        String why = "a model that ends the process may do so again and again, as topic " + Topics.MODEL_ATTEMPTS
                + " is of no use: " + e.getMessage()
                + "; 'hemline topics create' makes it, docs/security.md has the rights";
        trouble = Optional.of(why);
        if (line.isDue(why)) {
            LOG.warn("Models are loaded all the same, but {}", why);
        }
    }

    /** Why models are loaded without care, in a sentence; empty if they are not. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void cancel() {
        cancelled.countDown();
        trial.cancel();
    }

    private void requireNotCancelled() {
        if (cancelled.getCount() == 0) {
            throw new KafkaException("this classifier is being closed");
        }
    }

    /**
     * What somebody said last.
     *
     * @param until when it has had time to come back, in this machine's nanoseconds; clocks of others may be wrong
     */
    private record Standing(AttemptState state, long until) {
        boolean mayComeBack() {
            return until - System.nanoTime() > 0;
        }
    }

    /** To load one version; closed when that has ended, however it did. */
    private final class Attempt implements AutoCloseable {
        private final ModelManifest manifest;
        private final String mine;
        private final CompactedTopic<ModelAttempt> topic;
        /** What was not taken back, in the order in which it was first said. */
        private final Map<String, Standing> standing = new LinkedHashMap<>();
        /** What this instance takes back. */
        private final Set<String> ended = new HashSet<>();
        /** Whether somebody came back from this version while this instance waited. */
        private boolean otherSurvived;

        Attempt(ModelManifest manifest) {
            this.manifest = manifest;
            String version =
                    applicationId + "/" + new ModelKey.Manifest(manifest.getName(), manifest.getVersion()) + "/";
            mine = version + instance;
            topic = topics.apply(key -> key.startsWith(version));
        }

        /** Returns as soon as the version may be loaded here. */
        void begin(byte[] archive) throws ModelRefusedException {
            topic.readNew(this::heard);
            say(AttemptState.WAITING);
            topic.readNew(this::heard);
            while (!otherSurvived && before().anyMatch(other -> other.getValue().mayComeBack())) {
                pause();
                topic.readNew(this::heard);
            }
            List<Map.Entry<String, Standing>> suspects = before().filter(
                            other -> other.getValue().state() != AttemptState.WAITING)
                    .toList();
            if (!otherSurvived && !suspects.isEmpty()) {
                requireInnocence(suspects, archive);
            }
            say(AttemptState.LOADING);
            suspects.forEach(suspect -> ended.add(suspect.getKey()));
        }

        private void heard(String key, @Nullable ModelAttempt attempt) {
            if (attempt == null) {
                Standing before = standing.remove(key);
                otherSurvived |= before != null && before.state() == AttemptState.LOADING && standing.containsKey(mine);
            } else if (standing.size() < MOST_STANDING || standing.containsKey(key) || key.equals(mine)) {
                standing.put(key, standing(attempt));
            }
        }

        private Standing standing(ModelAttempt attempt) {
            Duration granted = attempt.getState() == AttemptState.TRYING ? turn.plus(ChildTrial.LONGEST) : turn;
            Duration left = granted.minus(Duration.between(attempt.getAt(), Instant.now()));
            // Of a time that cannot be, the difference may be too long to be told in nanoseconds.
            long nanos = left.isNegative() ? 0 : left.compareTo(granted) > 0 ? granted.toNanos() : left.toNanos();
            return new Standing(attempt.getState(), System.nanoTime() + nanos);
        }

        private Stream<Map.Entry<String, Standing>> before() {
            return standing.entrySet().stream()
                    .takeWhile(other -> !other.getKey().equals(mine));
        }

        /** @param suspects instances of which nobody knows what became of them when they loaded or tried it */
        private void requireInnocence(List<Map.Entry<String, Standing>> suspects, byte[] archive)
                throws ModelRefusedException {
            LOG.warn(
                    "Instances that began to load {} v{} and were not heard of again: {}",
                    manifest.getName(),
                    manifest.getVersion(),
                    suspects.size());
            // A trial that ended with its instance was too much for this machine.
            boolean mayTry =
                    suspects.stream().allMatch(suspect -> suspect.getValue().state() == AttemptState.LOADING);
            say(AttemptState.TRYING);
            if (mayTry && trial.survived(manifest, archive)) {
                return;
            }
            requireNotCancelled();
            if (suspects.size() >= MOST_DEATHS) {
                throw new ModelRefusedException(
                        Reason.CRASHED,
                        suspects.size() + " instances ended while they loaded it, and no trial says that it is not its"
                                + " fault");
            }
        }

        private void say(AttemptState state) {
            ended.add(mine);
            topic.write(mine, new ModelAttempt(state, Instant.now()));
        }

        private void pause() {
            try {
                var unused = cancelled.await(TICK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            requireNotCancelled();
        }

        @Override
        public void close() {
            ended.forEach(key -> topic.send(key, null));
            topic.close();
        }
    }
}
