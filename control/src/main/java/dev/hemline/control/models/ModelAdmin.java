package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.publish.Retention;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Says which version of one model is to serve and which is to challenge it, and takes versions off the topic. All who steer a model share a
 * transactional id, so that of two at once the one that began later goes through and the other changes nothing. It is not
 * the publishers' id: pinning does not stop a trainer.
 */
final class ModelAdmin implements AutoCloseable {
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);
    private static final int NONE = 0;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final PublishedVersions model;
    private final Producer<String, byte[]> producer;
    private final Optional<SigningKey> signer;

    /** @param signer signs what is written about aliases; empty where nobody asks for that */
    ModelAdmin(PublishedVersions model, Producer<String, byte[]> producer, Optional<SigningKey> signer) {
        this.model = model;
        this.producer = producer;
        this.signer = signer;
    }

    /**
     * First fences whoever else steers the model, then looks: nothing changes behind our back.
     *
     * @throws UserError if no broker answers or there is no such model
     */
    static ModelAdmin open(KafkaSettings kafka, PublishedModels published, String name, Optional<SigningKey> signer) {
        // What a pin is written with, for classifiers of other releases.
        KafkaTopics.ensure(kafka, List.of(Topics.MODELS));
        Map<String, Object> settings = kafka.client(Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000));
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, Retention.transactionalId(name));
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            return new ModelAdmin(published.choose(Optional.of(name)), producer, signer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
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

    /** Makes classifiers serve the newest version again. */
    void unpin() {
        write(() -> send(ModelKey.Alias.SERVING, NONE, ""));
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
        write(() -> model.retirement(version, who()).forEach(this::send));
    }

    private static String who() {
        return "hemline models, " + System.getProperty("user.name");
    }

    private void write(Runnable sends) {
        try {
            producer.beginTransaction();
            sends.run();
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new UserError(
                    "Another hemline models command for " + model.name()
                            + " began after this one, which therefore changed nothing; look and try again",
                    e);
        } catch (KafkaException e) {
            throw new UserError(
                    "It is not known whether the change was written: " + e.getMessage() + "; hemline models list tells",
                    e);
        }
    }

    /** A tombstone could be signed, but goes after a day, and an older alias could be sent again: so version 0 takes it back. */
    private void send(String alias, int version, String reason) {
        var key = new ModelKey.Alias(model.name(), alias);
        byte[] value = version == NONE && signer.isEmpty()
                ? null
                : ALIASES.encode(new ModelAlias(model.name(), alias, version, now(alias), who(), reason));
        var event = new ProducerRecord<>(Topics.MODELS.name(), key.toString(), value);
        send(signer.map(signing -> signing.sign(event)).orElse(event));
    }

    /** Later than what stood there before, whatever the clock says: those who trust keys follow nothing earlier. */
    private Instant now(String alias) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Optional.ofNullable(model.steering().get(alias))
                .map(last -> last.getSetAt().plusMillis(1))
                .filter(now::isBefore)
                .orElse(now);
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
