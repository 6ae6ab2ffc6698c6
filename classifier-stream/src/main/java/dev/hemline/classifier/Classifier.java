package dev.hemline.classifier;

import dev.hemline.classifier.attempt.CarefulLoader;
import dev.hemline.classifier.attempt.ChildTrial;
import dev.hemline.classifier.canary.Canary;
import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.fetch.FetchingReader;
import dev.hemline.classifier.fetch.PictureStores;
import dev.hemline.classifier.lifecycle.GlobalModelStore;
import dev.hemline.classifier.lifecycle.ModelLifecycle;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.classifier.lifecycle.TopicChunks;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes.Engine;
import dev.hemline.classifier.prefetch.PrefetchingClients;
import dev.hemline.classifier.quarantine.Quarantine;
import dev.hemline.classifier.sample.Sampling;
import dev.hemline.classifier.status.ModelStatuses;
import dev.hemline.classifier.status.StatusReporter;
import dev.hemline.classifier.topology.ClassifierTopology;
import dev.hemline.classifier.topology.OutputFailures;
import dev.hemline.classifier.topology.OutputLimits;
import dev.hemline.event.ModelManifest;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.Readiness;
import dev.hemline.service.UserError;
import dev.hemline.service.streams.KafkaSeries;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.BoundedConsumer;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.SchemaTopic;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running classifier: the stream, the engine that answers it, and the life of its models. Until the first model
 * serves, the stream is paused: it keeps its partitions, and events wait on their topic. A challenger's goes on without one; it skips them.
 */
public final class Classifier implements AutoCloseable, Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);
    /** What is left of the 10 s in which every app of ours ends, after the engine and the HTTP server. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final long EVENT_FRAME_BYTES = 1 << 20;
    private static final List<Topic<?, ?>> ATTEMPTS = List.of(Topics.IMAGE_EVENTS_ATTEMPTS, Topics.MODEL_ATTEMPTS);

    private final KafkaSettings kafka;
    private final Role role;
    private final Optional<TrustedKeys> trusted;
    private final SchemaTopic schemas;
    private final LogThrottle schemasLine = new LogThrottle();
    private final ExecutorService lookingUp = DaemonThreads.scheduled("schema-lookup");
    /** The model to serve: named by a person; else, where keys decide, the first that served; else null. */
    private volatile @Nullable String modelName;

    private final ModelRegistry models = new ModelRegistry();
    private final OutputLimits limits = new OutputLimits(ClassifierSettings.MAX_REQUEST_BYTES);
    private final Sampling sampling;
    private final StatusReporter statuses;
    private final InferenceEngine engine;
    private final Quarantine quarantine;
    private final FailurePolicy failures;
    private final CarefulLoader careful;
    private final ModelLifecycle lifecycle;
    private final Canary canary;
    private final ModelLifecycle canaryLifecycle;
    private final KafkaStreams streams;
    private final KafkaSeries series;
    private volatile boolean restored;

    /**
     * Wires everything up; nothing runs before {@code start}.
     *
     * @param formats how events are read and results are written
     * @param stores for events whose pictures are elsewhere
     * @param listener hears what it does, as metrics and model statuses do
     * @param tracing follows events; closed by whoever opened it, after this
     */
    public Classifier(
            ClassifierSettings settings,
            ModelLoader loader,
            EventFormats formats,
            PictureStores stores,
            MeterRegistry registry,
            ClassifierListener listener,
            Tracing tracing) {
        kafka = settings.kafka();
        role = settings.role();
        trusted = settings.admission().trusted();
        sampling = new Sampling(settings.sampleShare());
        schemas = SchemaTopic.on(kafka.client(Map.of()));
        modelName = settings.modelName().orElse(null);
        String instance = ModelStatuses.instanceName();
        statuses = new StatusReporter(kafka, new ModelStatuses(settings.applicationId(), instance));
        quarantine = Quarantine.on(kafka, settings.applicationId(), instance);
        failures = new FailurePolicy(limits, quarantine);
        var metrics = new ClassifierMetrics(registry);
        var all = ClassifierListener.all(metrics, role.told(statuses), listener);
        canary = new Canary(modelsOnTopic());
        engine = new InferenceEngine(
                settings.engine(),
                models,
                new FetchingReader(
                        formats.images().reading(schemas.withoutWaiting(lookingUp, this::schemasNotRead)), stores),
                new ImageDecoder(settings.images()),
                all,
                tracing,
                sampling,
                role == Role.CHAMPION ? Optional.of(canary) : Optional.empty());
        careful = new CarefulLoader(
                kafka,
                settings.applicationId(),
                instance,
                engine.rehearsing(loader),
                ChildTrial.like(loader, settings.engine()));
        lifecycle = new ModelLifecycle(
                role.candidates(modelsOnTopic()), settings.admission(), careful, models, role.becomes(), all);
        canaryLifecycle = new ModelLifecycle(
                canary,
                settings.admission(),
                careful,
                canary.models(),
                "is the canary",
                ClassifierListener.refusalsTo(all));
        Engine answering = role.answering(engine, settings.share(), lifecycle::isCurrent);
        var prefetched = new PrefetchedOutcomes(Topics.IMAGE_EVENTS.name(), answering, all, quarantine);
        var topology = ClassifierTopology.build(
                role, prefetched, limits, all, tracing, trusted, schemas, formats.results(), this::modelsChanged);
        streams = new KafkaStreams(
                topology,
                config(settings),
                new PrefetchingClients(prefetched, this::hasRoom, eventBytes(settings.images()), tracing));
        series = new KafkaSeries(streams, registry);
        metrics.watch(engine, canary, prefetched, quarantine, schemas);
        models.onSwap(all::serves);
        if (trusted.isEmpty()) {
            LOG.warn("Models are programs, and unsigned ones are accepted; --trusted-keys takes only signed ones");
        } else {
            models.onSwap(this::follow);
        }
    }

    /** Events of a challenger wait for the version that is named, from the very first; without one they are skipped. */
    private boolean hasRoom() {
        return engine.hasRoom() && !(role == Role.CHALLENGER && lifecycle.isPending());
    }

    private void schemasNotRead(Throwable failure) {
        if (schemasLine.isDue(String.valueOf(failure.getMessage()))) {
            LOG.warn("Events of another release wait, trying again: {}", failure.getMessage());
        }
    }

    /** A picture in base64, with what travels beside it, in records that may be packed. */
    private static int eventBytes(ImageLimits images) {
        long base64 = (images.maxBytes() + 2L) / 3 * 4;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(BoundedConsumer.DEFAULT_BYTES, base64 + EVENT_FRAME_BYTES));
    }

    private void follow(ModelManifest first) {
        if (modelName == null) {
            modelName = first.getName();
            LOG.info("Following model {}, as no --model names one, whatever others are published", first.getName());
        }
    }

    /** With an object that Kafka Streams hands to what it makes itself. */
    private StreamsConfig config(ClassifierSettings settings) {
        Map<String, Object> config = settings.streams();
        config.put(OutputFailures.LIMITS_CONFIG, limits);
        return new StreamsConfig(config);
    }

    /**
     * Starts the stream and returns at once.
     *
     * @param ended called when the stream has ended by itself; {@link #rethrowFailure()} knows why
     */
    public void start(Runnable ended) {
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener((now, before) -> stateChanged(now, ended));
        schemas.requireReadable();
        makeAttemptsTopics();
        statuses.start();
        if (role == Role.CHAMPION) {
            models.onSwap(manifest -> streams.resume());
            streams.pause();
            limits.limitLetters(KafkaTopics.maxMessageBytes(kafka, Topics.IMAGE_EVENTS_DLQ));
            sampling.beginOn(kafka);
        }
        streams.start();
    }

    /** On a cluster of an older release they may be missing, with nobody here who may make them; that stops no stream. */
    private void makeAttemptsTopics() {
        try {
            KafkaTopics.ensure(kafka, ATTEMPTS);
        } catch (UserError e) {
            LOG.debug("Topics {} were not made", ATTEMPTS, e);
        }
    }

    private void stateChanged(State now, Runnable ended) {
        LOG.info("Stream is {}", now);
        if (now == State.RUNNING) {
            restored = true;
            modelsChanged();
        } else if (now == State.ERROR || now == State.NOT_RUNNING) {
            ended.run();
        }
    }

    /**
     * Tells what the stream died of; nothing unfinished was committed then.
     *
     * @throws UserError if a person made it die, or can put right what it died of
     * @throws StreamsException if it died of anything else
     */
    public void rethrowFailure() {
        failures.rethrow();
        if (streams.state() == State.ERROR) {
            throw new StreamsException("The stream ended by itself and told no reason; its log may");
        }
    }

    /**
     * While the store is filled for the first time, every version on the topic passes by; looking then would load old
     * ones for nothing. That it is filled is told by {@link #stateChanged}.
     */
    private void modelsChanged() {
        if (restored) {
            lifecycle.modelsChanged();
            if (role == Role.CHAMPION) {
                canaryLifecycle.modelsChanged();
            }
        }
    }

    /** Keys of which one must have signed a version for it to count; empty where all do. */
    public Optional<TrustedKeys> trusted() {
        return trusted;
    }

    /** Schemas of other releases. */
    public WriterSchemas writers() {
        return schemas;
    }

    /** The version that serves, once there is one; of a challenger the one that it tries. */
    public Optional<ModelKey.Manifest> serving() {
        return servingModel().map(manifest -> new ModelKey.Manifest(manifest.getName(), manifest.getVersion()));
    }

    /** The manifest of the version that serves, once there is one. */
    public Optional<ModelManifest> servingModel() {
        return models.serving().filter(manifest -> role == Role.CHAMPION || lifecycle.isCurrent());
    }

    /** The versions on their topic, for one thread to look at. */
    public ModelStore modelsOnTopic() {
        return globalStore();
    }

    private GlobalModelStore globalStore() {
        return new GlobalModelStore(
                this::modelStore, TopicChunks.on(kafka)::fetch, trusted, schemas, () -> Optional.ofNullable(modelName));
    }

    /**
     * What stands of the model to serve, without its chunks, for one thread to ask; empty where there is none, while the topic is still being
     * read, and once it is not any more.
     */
    public Supplier<Optional<PublishedVersions>> standing() {
        return globalStore()::standing;
    }

    /**
     * Everything on topic {@code models}; of chunks it holds only their place.
     *
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException as long as the topic is still being read
     */
    public ReadOnlyKeyValueStore<String, byte[]> modelStore() {
        return streams.store(StoreQueryParameters.fromNameAndType(
                ClassifierTopology.MODELS_STORE, QueryableStoreTypes.keyValueStore()));
    }

    /** A rebalance is no reason: what this instance keeps of its partitions, it goes on classifying. */
    @Override
    public Optional<String> reasonNotReady() {
        if (!streams.state().isRunningOrRebalancing()) {
            return Optional.of("the stream is " + streams.state());
        }
        return failures.trouble()
                .or(() -> models.serving().isPresent() || role == Role.CHALLENGER
                        ? Optional.empty()
                        : Optional.of(reasonNoModelServes()));
    }

    @Override
    public Optional<String> remark() {
        return careful.trouble().or(quarantine::remark).or(lifecycle::trouble).or(canaryLifecycle::trouble);
    }

    /** Why it must not answer with that version, in a sentence; empty if it may, or nobody has tried yet. */
    public Optional<String> refusal(int version) {
        return lifecycle.refusal(version);
    }

    private String reasonNoModelServes() {
        return lifecycle.trouble().orElseGet(this::reasonNoModelIsThere);
    }

    private String reasonNoModelIsThere() {
        return lifecycle
                .newestRefusal()
                .map(why -> why + ", events are kept until a trainer publishes one that can serve")
                .orElse("no model yet on topic " + Topics.MODELS + ", events are kept until a trainer publishes one");
    }

    /** Ends within 10 s. Leaves the group, so that others take the partitions over at once. */
    @Override
    public void close() {
        failures.close();
        streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        series.close();
        lifecycle.close();
        canaryLifecycle.close();
        statuses.close();
        engine.close();
        lookingUp.shutdownNow();
        schemas.close();
        quarantine.close();
        canary.close();
        models.close();
    }
}
