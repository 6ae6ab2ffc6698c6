package dev.hemline.classifier.lifecycle;

import dev.hemline.classifier.lifecycle.KnownVersions.Content;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.service.LogThrottle;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which model serves: the pinned version, or the newest on the topic, that proves itself. Works on a thread of its
 * own, so that loading never holds the stream up. A version that was refused is not tried again; what served before it
 * serves on.
 */
public final class ModelLifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLifecycle.class);
    private static final int CLOSE_SECONDS = 2;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ModelStore store;
    private final Admission admission;
    private final ModelLoader loader;
    private final ModelRegistry registry;
    private final String becomes;
    private final ClassifierListener listener;
    private final KnownVersions known = new KnownVersions();
    private final Set<ModelManifest> refused = new HashSet<>();
    /** Why each version was refused, in a sentence. */
    private final NavigableMap<Integer, String> refusals = new ConcurrentSkipListMap<>();

    private final LogThrottle line = new LogThrottle();
    private Optional<String> pinUnmet = Optional.empty();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean current;
    private volatile boolean pending = true;
    private final AtomicBoolean lookScheduled = new AtomicBoolean();
    private final Duration retry;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "model-lifecycle"));
    private volatile Future<?> nextTry = CompletableFuture.completedFuture(null);

    /**
     * Does nothing before it is told that models have changed.
     *
     * @param admission what is asked of a version before its archive is touched
     * @param becomes what a version does from when it is in the registry, for the log: {@code serves}
     */
    public ModelLifecycle(
            ModelStore store,
            Admission admission,
            ModelLoader loader,
            ModelRegistry registry,
            String becomes,
            ClassifierListener listener) {
        this(store, admission, loader, registry, becomes, listener, RETRY);
    }

    /** @param retry how long after a failure that is not the model's it is tried again */
    ModelLifecycle(
            ModelStore store,
            Admission admission,
            ModelLoader loader,
            ModelRegistry registry,
            String becomes,
            ClassifierListener listener,
            Duration retry) {
        this.store = store;
        this.admission = admission;
        this.loader = loader;
        this.registry = registry;
        this.becomes = becomes;
        this.listener = listener;
        this.retry = retry;
    }

    /** Says that the topic may hold something new. Returns at once; many calls in a row cause one look. */
    public void modelsChanged() {
        if (!thread.isShutdown() && lookScheduled.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    private void look() {
        lookScheduled.set(false);
        try {
            List<ModelManifest> published = store.newestFirst();
            if (admission.trusted().isEmpty()) {
                // Where keys decide, a number is not taken by whoever writes first but by whoever may.
                known.see(published);
            }
            forgetWhatIsGone(published);
            List<ModelManifest> versions = store.candidates(published);
            current = versions.stream().anyMatch(this::isServing);
            pending = !current && !versions.isEmpty() && !refused.containsAll(versions);
            if (!versions.isEmpty()) {
                serveBest(versions);
            }
            current = versions.stream().anyMatch(this::isServing);
            pending = false;
            trouble = Optional.empty();
        } catch (RuntimeException | Error e) {
            // Of an error, the executor would tell nobody.
            trouble = Optional.of("loading a model failed and is tried again: " + e);
            if (!thread.isShutdown() && line.isDue(trouble.get())) {
                LOG.error("Looking for a newer model failed; what serves, serves on, next try in {}", retry, e);
            }
            lookAgain();
        }
    }

    /** Whether what serves is still one of the versions that may: what is taken back serves on otherwise. */
    public boolean isCurrent() {
        return current;
    }

    /** Whether nobody has looked yet, or there is nothing but versions that have been neither loaded nor refused yet. */
    public boolean isPending() {
        return pending;
    }

    /** What was refused is remembered as long as it is on the topic, so that it never takes more room than there. */
    private void forgetWhatIsGone(List<ModelManifest> versions) {
        if (refused.size() > versions.size()) {
            refused.retainAll(new HashSet<>(versions));
            refusals.keySet()
                    .retainAll(versions.stream().map(ModelManifest::getVersion).collect(Collectors.toSet()));
        }
    }

    /** Why no model could be looked for lately, in a sentence; empty if that went well. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Why that version was refused, in a sentence; empty if it was not. */
    public Optional<String> refusal(int version) {
        return Optional.ofNullable(refusals.get(version));
    }

    /**
     * Why the newest of the refused versions was refused, for those who wonder why nothing serves, for instance
     * {@code fashion-mnist v3 was refused (unsigned): the manifest is not signed}; empty if none was.
     */
    public Optional<String> newestRefusal() {
        return Optional.ofNullable(refusals.lastEntry()).map(Map.Entry::getValue);
    }

    private void lookAgain() {
        if (!thread.isShutdown()) {
            nextTry = thread.schedule(this::modelsChanged, retry.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** A pin that cannot be followed changes nothing; only where nothing serves yet, the newest is better than nothing. */
    private void serveBest(List<ModelManifest> versions) {
        Optional<Integer> pin = store.pinned(versions.get(0).getName());
        Optional<String> unmet = pin.flatMap(version -> servePinned(versions, version));
        tellAboutPin(unmet);
        if (pin.isEmpty() || (unmet.isPresent() && registry.serving().isEmpty())) {
            serveNewest(versions);
        }
    }

    /** Empty when it serves, else why not. */
    private Optional<String> servePinned(List<ModelManifest> versions, int pin) {
        Optional<ModelManifest> pinned =
                versions.stream().filter(one -> one.getVersion() == pin).findFirst();
        if (pinned.isEmpty()) {
            return Optional.of("pinned v" + pin + " is not on the topic");
        }
        return isServing(pinned.get()) || serves(pinned.get())
                ? Optional.empty()
                : Optional.of("pinned v" + pin + " was refused");
    }

    private void tellAboutPin(Optional<String> unmet) {
        if (!unmet.equals(pinUnmet)) {
            pinUnmet = unmet;
            unmet.ifPresent(why -> LOG.warn("{}; what serves, serves on", why));
            listener.pinUnmet(unmet);
        }
    }

    private void serveNewest(List<ModelManifest> versions) {
        for (ModelManifest candidate : versions) {
            // Where the version that serves was changed on the topic, it is refused, and what was loaded serves on.
            if (isServing(candidate) || serves(candidate) || isVersionThatServes(candidate)) {
                return;
            }
        }
    }

    private boolean isServing(ModelManifest candidate) {
        return registry.serving()
                .map(Content::of)
                .filter(Content.of(candidate)::equals)
                .isPresent();
    }

    private boolean isVersionThatServes(ModelManifest candidate) {
        return registry.serving()
                .map(ModelLifecycle::name)
                .filter(name(candidate)::equals)
                .isPresent();
    }

    private boolean serves(ModelManifest candidate) {
        if (refused.contains(candidate)) {
            return false;
        }
        LoadedModel model;
        try {
            admission.require(candidate, store);
            known.requireUnchanged(candidate);
            model = loader.load(candidate, store.archive(candidate));
        } catch (ModelRefusedException e) {
            return refuse(candidate, e);
        } catch (UncheckedIOException | KafkaException e) {
            // A full disk or a silent broker is not the model's fault; it is tried again.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return refuse(
                    candidate,
                    new ModelRefusedException(
                            ModelRefusedException.Reason.UNLOADABLE, "loading and trying it out failed: " + e, e));
        }
        String before = registry.serving().map(ModelLifecycle::name).orElse("nothing");
        registry.swap(model);
        LOG.info("{} {}, was {}", name(candidate), becomes, before);
        return true;
    }

    private boolean refuse(ModelManifest candidate, ModelRefusedException why) {
        refused.add(candidate);
        refusals.put(
                candidate.getVersion(),
                "%s was refused (%s): %s"
                        .formatted(name(candidate), why.reason().code(), why.getMessage()));
        listener.refused(candidate, why);
        return false;
    }

    private static String name(ModelManifest manifest) {
        return manifest.getName() + " v" + manifest.getVersion();
    }

    /** Waits for a load in progress, whose model would otherwise be nobody's to free. */
    @Override
    public void close() {
        thread.shutdown();
        loader.cancel();
        nextTry.cancel(false);
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A model is still loading after {} s; leaving it to the end of the process", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
