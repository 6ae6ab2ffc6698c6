package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.publish.Retention;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.service.failure.Causes;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Says which version of one model is to serve and which is to challenge it, and takes versions off the topic. All who steer a model share a
 * transactional id, so that of two at once the one that began later goes through and the other changes nothing, and looks again. It is
 * not the publishers' id: pinning does not stop a trainer.
 */
final class ModelAdmin implements AutoCloseable {
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);
    private static final EventSerde<ModelPolicy> POLICIES = EventSerde.of(ModelPolicy.class);
    private static final int NONE = 0;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final PublishedVersions model;
    private final Producer<String, byte[]> producer;
    private final Optional<SigningKey> signer;
    private final String who;

    /**
     * @param signer signs what is written about aliases and policies; empty where nobody asks for that
     * @param who does it, for people
     */
    ModelAdmin(PublishedVersions model, Producer<String, byte[]> producer, Optional<SigningKey> signer, String who) {
        this.model = model;
        this.producer = producer;
        this.signer = signer;
        this.who = who;
    }

    /**
     * First fences whoever else steers the model, then looks: nothing changes behind our back.
     *
     * @throws UserError if no broker answers or there is no such model
     */
    static ModelAdmin open(
            KafkaSettings kafka, PublishedModels published, String name, Optional<SigningKey> signer, String who) {
        // What a pin is written with, for classifiers of other releases.
        KafkaTopics.ensure(kafka, List.of(Topics.MODELS));
        Map<String, Object> settings = kafka.client(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, Retention.transactionalId(name));
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new ModelAdmin(published.choose(Optional.of(name)), producer, signer, who);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            if (isFenced(e)) {
                throw new SteeredMeanwhileException(name, e);
            }
            throw e instanceof KafkaException ? new UserError("Cannot write to topic models: " + e.getMessage(), e) : e;
        }
    }

    /** The model as it was when this began. */
    PublishedVersions model() {
        return model;
    }

    /**
     * Makes classifiers serve that version until further notice.
     *
     * @throws UserError if there is no such version
     */
    void pin(int version, String reason) {
        PublishedModels.require(model, version);
        write(() -> send(ModelKey.Alias.SERVING, version, reason));
    }

    /**
     * Makes classifiers serve the newest version again.
     *
     * @throws UserError if the policy is that it should not
     */
    void unpin(String reason) {
        if (model.servingPolicy() != ServingPolicy.IMMEDIATE) {
            throw new UserError("The policy of " + model.name() + " is that a new version does not serve at once;"
                    + " hemline models policy immediate first, or pin another version");
        }
        write(() -> send(ModelKey.Alias.SERVING, NONE, reason));
    }

    /**
     * Makes challengers answer with that version until further notice.
     *
     * @throws UserError if there is no such version, or it is the one that serves
     */
    void challenge(int version, String reason) {
        PublishedModels.require(model, version);
        if (model.serving().filter(serving -> serving.getVersion() == version).isPresent()) {
            throw new UserError("v" + version + " of " + model.name() + " serves already; pin the version that it is to"
                    + " challenge first, with hemline models pin");
        }
        write(() -> send(ModelKey.Alias.CHALLENGER, version, reason));
    }

    /**
     * Says who decides which version serves. What serves now is pinned, unless a new version is to serve at once.
     *
     * @throws UserError if there is no version that could serve meanwhile
     */
    void policy(PolicyTerms terms, String reason) {
        ServingPolicy policy = terms.policy();
        Optional<Integer> pinned =
                policy == ServingPolicy.IMMEDIATE || model.pin().isPresent()
                        ? Optional.empty()
                        : Optional.of(model.serving()
                                .orElseThrow(() -> new UserError("There is no version of " + model.name()
                                        + " yet that could serve" + " meanwhile; publish one first"))
                                .getVersion());
        write(() -> {
            pinned.ifPresent(version -> send(ModelKey.Alias.SERVING, version, "the policy is " + code(policy)));
            // Later than the pin, too, also than one that was just written: so a pin is known that a person has set
            // since.
            Instant at = after(Stream.of(
                            model.policy().map(ModelPolicy::getSetAt),
                            Optional.ofNullable(model.steering().get(ModelKey.Alias.SERVING))
                                    .map(pin -> pin.getSetAt().plusMillis(1)))
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder()));
            send(
                    new ModelKey.Policy(model.name()),
                    POLICIES.encode(new ModelPolicy(
                            model.name(),
                            policy,
                            at,
                            who,
                            reason,
                            terms.canaryShare(),
                            terms.refresh().orElse(null))));
        });
    }

    static String code(ServingPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    /** Makes challengers idle again. */
    void reject(String reason) {
        write(() -> send(ModelKey.Alias.CHALLENGER, NONE, reason));
    }

    /**
     * Makes classifiers serve the challenger, in one step with its end as one.
     *
     * @throws UserError if it is not there any more
     */
    void promote(int challenger, String reason) {
        PublishedModels.require(model, challenger);
        write(() -> {
            send(ModelKey.Alias.SERVING, challenger, reason);
            send(ModelKey.Alias.CHALLENGER, NONE, reason);
        });
    }

    /**
     * Makes classifiers serve the challenger, and challengers answer with what served before: in one step, by its one time, so that
     * everybody sees that a probation begins.
     *
     * @throws UserError if one of them is not there any more
     */
    void swap(int challenger, int champion, String reason) {
        PublishedModels.require(model, challenger);
        PublishedModels.require(model, champion);
        write(() -> {
            Instant at = Stream.of(after(ModelKey.Alias.SERVING), after(ModelKey.Alias.CHALLENGER))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            send(ModelKey.Alias.SERVING, challenger, at, reason);
            send(ModelKey.Alias.CHALLENGER, champion, at, reason);
        });
    }

    /**
     * Takes a version off the topic for good.
     *
     * @throws UserError if there is no such version, it is pinned, or it is the only one
     */
    void retire(int version) {
        PublishedModels.require(model, version);
        if (model.isPinned(version)) {
            throw new UserError("v" + version + " of " + model.name()
                    + " is pinned; hemline models unpin, or pin another version, then retire it");
        }
        if (model.isChallenger(version)) {
            throw new UserError("v" + version + " of " + model.name()
                    + " is the challenger; hemline models reject it, then retire it");
        }
        if (model.versions().size() == 1) {
            throw new UserError("v" + version + " is the only version of " + model.name()
                    + "; without it nothing could serve. Publish another one first");
        }
        write(() -> model.retirement(version, who).forEach(this::send));
    }

    private void write(Runnable sends) {
        try {
            producer.beginTransaction();
            sends.run();
            producer.commitTransaction();
        } catch (KafkaException e) {
            if (isFenced(e)) {
                throw new SteeredMeanwhileException(model.name(), e);
            }
            throw new UserError(
                    "It is not known whether the change was written: " + e.getMessage() + "; hemline models list tells",
                    e);
        }
    }

    /** The producer may notice while it sends, and say so of the commit only. */
    private static boolean isFenced(Throwable failure) {
        return Causes.of(failure)
                .anyMatch(cause ->
                        cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException);
    }

    private void send(String alias, int version, String reason) {
        send(alias, version, after(alias), reason);
    }

    private Instant after(String alias) {
        return after(Optional.ofNullable(model.steering().get(alias)).map(ModelAlias::getSetAt));
    }

    /** A tombstone could be signed, but goes after a day, and an older alias could be sent again: so version 0 takes it back. */
    private void send(String alias, int version, Instant at, String reason) {
        send(
                new ModelKey.Alias(model.name(), alias),
                version == NONE && signer.isEmpty()
                        ? null
                        : ALIASES.encode(new ModelAlias(model.name(), alias, version, at, who, reason)));
    }

    private void send(ModelKey key, byte @Nullable [] value) {
        var event = new ProducerRecord<>(Topics.MODELS.name(), key.toString(), value);
        send(signer.map(signing -> signing.sign(event)).orElse(event));
    }

    /** Now, but later than what stood there before, whatever the clock says: those who trust keys follow nothing earlier. */
    private static Instant after(Optional<Instant> before) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return before.map(last -> last.plusMillis(1)).filter(now::isBefore).orElse(now);
    }

    private void send(ProducerRecord<String, byte[]> event) {
        // A failed send fails the commit, so nobody waits for this one.
        var unused = producer.send(event);
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
