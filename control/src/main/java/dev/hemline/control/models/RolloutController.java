package dev.hemline.control.models;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.LogThrottle;
import dev.hemline.service.UserError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the referee decides, for a model whose policy is that: challenges what serves by the newest version, lets it serve
 * when it has won, and takes it back when it fails its probation. However many there are, one takes each step: each fences the others
 * before it looks for the last time.
 */
public final class RolloutController implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RolloutController.class);
    private static final long BETWEEN_LOOKS_SECONDS = 5;

    private final KafkaSettings kafka;
    private final Optional<TrustedKeys> trusted;
    private final Optional<SigningKey> signer;
    private final Supplier<Optional<PublishedVersions>> model;
    private final IntFunction<Optional<String>> refusal;
    private final LogThrottle trouble = new LogThrottle();
    private final ScheduledExecutorService timer = DaemonThreads.scheduled("rollout");

    private RolloutController(
            KafkaSettings kafka,
            Optional<TrustedKeys> trusted,
            Optional<SigningKey> signer,
            Supplier<Optional<PublishedVersions>> model,
            IntFunction<Optional<String>> refusal) {
        this.kafka = kafka;
        this.trusted = trusted;
        this.signer = signer;
        this.model = model;
        this.refusal = refusal;
    }

    /**
     * Looks every few seconds from now on.
     *
     * @param trusted keys of which one must have signed a version for it to count; empty to count all
     * @param signer signs what is said; needed where classifiers trust keys
     * @param model as it stands, asked at each look; its chunks do not matter
     * @param refusal why the challenger here must not answer with a version of it, in a sentence; empty if it may
     */
    public static RolloutController start(
            KafkaSettings kafka,
            Optional<TrustedKeys> trusted,
            Optional<SigningKey> signer,
            Supplier<Optional<PublishedVersions>> model,
            IntFunction<Optional<String>> refusal) {
        var rollout = new RolloutController(kafka, trusted, signer, model, refusal);
        var unused = rollout.timer.scheduleWithFixedDelay(
                rollout::lookSafely, BETWEEN_LOOKS_SECONDS, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
        return rollout;
    }

    private void lookSafely() {
        try {
            model.get()
                    .filter(standing -> standing.servingPolicy() == ServingPolicy.CHALLENGER)
                    .ifPresent(this::look);
        } catch (SteeredMeanwhileException e) {
            LOG.debug("Another one takes this step", e);
        } catch (UserError | KafkaException e) {
            String why = String.valueOf(e.getMessage());
            if (trouble.isDue(why)) {
                LOG.warn("What the referee decides is not carried out now: {}; it is tried again", why);
            }
        } catch (RuntimeException e) {
            if (trouble.isDue(e.toString())) {
                LOG.error("What the referee decides is not carried out now; please report this", e);
            }
        }
    }

    private void look(PublishedVersions standing) {
        if (trusted.isPresent() && signer.isEmpty()) {
            throw new UserError(
                    "classifiers with --trusted-keys follow only what is signed; give challengers --signing-key");
        }
        var published = new PublishedModels(kafka, trusted);
        String name = standing.name();
        List<ExperimentDecision> decisions = published.decisions(name);
        if (RolloutStep.next(standing, decisions, refusal).isEmpty()) {
            return;
        }
        try (ModelAdmin admin = ModelAdmin.open(kafka, published, name, signer, RolloutStep.WHO)) {
            Optional<RolloutStep> step = RolloutStep.next(admin.model(), decisions, refusal);
            if (step.isPresent()) {
                step.get().action().accept(admin);
                LOG.info("Model {}: {}", name, step.get().said());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
