package dev.hemline.control.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelAdminTest {
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private final Topic topic = new Topic().version("m", 1).version("m", 2).version("m", 3);
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @BeforeEach
    void initialize() {
        producer.initTransactions();
    }

    private ModelAdmin admin() {
        return new ModelAdmin(topic.choose(Optional.of("m")), producer, Optional.empty(), "test");
    }

    @Test
    void shouldPinAVersionThatIsThere() {
        admin().pin(2, "coats");

        assertThat(producer.history()).hasSize(1);
        ModelAlias pin = ALIASES.decode(producer.history().get(0).value());
        assertThat(producer.history().get(0).key()).isEqualTo("m/alias/serving");
        assertThat(pin.getVersion()).isEqualTo(2);
        assertThat(pin.getReason()).isEqualTo("coats");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> admin().pin(7, ""))
                .withMessage("There is no v7 of m; there are v1, v2, v3");
    }

    @Test
    void shouldTakeThePinBackWithATombstone() {
        admin().unpin("");

        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("m/alias/serving");
        assertThat(producer.history().get(0).value()).isNull();
    }

    @Test
    void shouldNameAChallengerAndPromoteItInOneTransaction() {
        admin().challenge(2, "brighter pictures");

        ModelAlias challenger = ALIASES.decode(producer.history().get(0).value());
        assertThat(producer.history().get(0).key()).isEqualTo("m/alias/challenger");
        assertThat(challenger.getVersion()).isEqualTo(2);
        assertThat(challenger.getReason()).isEqualTo("brighter pictures");

        producer.clear();
        admin().promote(2, "won");

        assertThat(producer.commitCount()).as("one more").isEqualTo(2);
        assertThat(producer.history())
                .extracting(ProducerRecord::key)
                .containsExactly("m/alias/serving", "m/alias/challenger");
        assertThat(ALIASES.decode(producer.history().get(0).value()).getVersion())
                .isEqualTo(2);
        assertThat(producer.history().get(1).value()).isNull();
    }

    @Test
    void shouldRefuseAChallengerThatServesOrIsNotThere() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> admin().challenge(3, ""))
                .withMessageStartingWith("v3 of m serves already");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> admin().challenge(7, ""))
                .withMessage("There is no v7 of m; there are v1, v2, v3");
    }

    @Test
    void shouldPinWhatServesWhereANewVersionIsToWinFirst() {
        admin().policy(new PolicyTerms(ServingPolicy.CHALLENGER, 0.05, Optional.empty()), "careful");

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("m/alias/serving", "m/policy");
        assertThat(ALIASES.decode(producer.history().get(0).value()).getVersion())
                .isEqualTo(3);
        ModelPolicy policy = EventSerde.of(ModelPolicy.class)
                .decode(producer.history().get(1).value());
        assertThat(policy.getPolicy()).isEqualTo(ServingPolicy.CHALLENGER);
        assertThat(policy.getReason()).isEqualTo("careful");
        assertThat(policy.getCanaryShare()).isEqualTo(0.05);
    }

    @Test
    void shouldLeaveAPinAsItIsWhateverThePolicy() {
        topic.alias("m", "serving", 2);
        admin().policy(PolicyTerms.of(ServingPolicy.MANUAL), "");
        admin().policy(PolicyTerms.of(ServingPolicy.IMMEDIATE), "");

        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("m/policy", "m/policy");
    }

    @Test
    void shouldSayAPolicyLaterThanThePinThatItMakesWhateverTheClockSays() {
        // Given a pin that somebody took back whose clock is ahead
        Instant ahead = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MILLIS);
        topic.alias("m", "serving", 0, "test", ahead);

        admin().policy(PolicyTerms.of(ServingPolicy.CHALLENGER), "");

        Instant pinned = ALIASES.decode(producer.history().get(0).value()).getSetAt();
        Instant said = EventSerde.of(ModelPolicy.class)
                .decode(producer.history().get(1).value())
                .getSetAt();
        assertThat(pinned).isAfter(ahead);
        assertThat(said).isAfterOrEqualTo(pinned);
    }

    @Test
    void shouldNotLetTheNewestServeThatHasToWinFirst() {
        topic.alias("m", "serving", 2).policy("m", ServingPolicy.CHALLENGER, Instant.EPOCH);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> admin().unpin(""))
                .withMessageContaining("hemline models policy immediate first");
    }

    @Test
    void shouldSignAPolicyAsAPin() {
        SigningKey key = SigningKey.generate();
        TrustedKeys trusted = TrustedKeys.of(key.trustedKey());
        topic.alias("m", "serving", 2);
        var admin = new ModelAdmin(topic.choose(Optional.of("m")), producer, Optional.of(key), "test");

        admin.policy(PolicyTerms.of(ServingPolicy.MANUAL), "");
        ProducerRecord<String, byte[]> first = producer.history().get(0);
        byte[] later = EventSerde.of(ModelPolicy.class)
                .encode(new ModelPolicy(
                        "m", ServingPolicy.CHALLENGER, Instant.now().plusSeconds(60), "test", "", 0.0, null));

        assertThat(objection(trusted, first, null)).isEmpty();
        assertThat(objection(trusted, first, later).orElse("")).contains("somebody sends it again");
        assertThat(objection(trusted, new ProducerRecord<>("models", "m/policy", later), first.value())
                        .orElse(""))
                .startsWith("no trusted key signed it");
    }

    @Test
    void shouldTakeAChallengerBack() {
        admin().reject("");

        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("m/alias/challenger");
        assertThat(producer.history().get(0).value()).isNull();
    }

    @Test
    void shouldSignPinsOneAfterTheOtherWhateverTheClockSays() {
        // Given a pin from a machine whose clock is ahead
        SigningKey key = SigningKey.generate();
        TrustedKeys trusted = TrustedKeys.of(key.trustedKey());
        Instant ahead = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MILLIS);
        ModelAlias before = new ModelAlias("m", "serving", 1, ahead, "test", "");
        PublishedVersions model = topic.choose(Optional.of("m"));
        var admin = new ModelAdmin(
                new PublishedVersions("m", 3, model.versions(), Map.of("serving", before), Optional.empty()),
                producer,
                Optional.of(key),
                "test");

        // When another is signed, and taken back
        admin.pin(2, "");
        admin.unpin("");

        // Then those who trust the key follow both, and the first one only once
        byte[] last = ALIASES.encode(before);
        assertThat(objection(trusted, producer.history().get(0), last)).isEmpty();
        assertThat(objection(trusted, producer.history().get(1), last)).isEmpty();
        ModelAlias taken = ALIASES.decode(producer.history().get(1).value());
        assertThat(taken.getVersion()).isZero();
        byte[] later = ALIASES.encode(
                ModelAlias.newBuilder(taken).setSetAt(ahead.plusMillis(2)).build());
        assertThat(objection(trusted, producer.history().get(0), later).orElse(""))
                .contains("somebody sends it again");
    }

    private static Optional<String> objection(
            TrustedKeys trusted, ProducerRecord<String, byte[]> event, byte @Nullable [] before) {
        return ModelCatalog.objectionToSteering(
                trusted, event.key(), event.value(), event.headers(), before, WriterSchemas.NONE);
    }

    @Test
    void shouldRetireInOneTransactionAndRememberTheHighestNumberFirst() {
        admin().retire(3);

        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.history())
                .extracting(ProducerRecord::key)
                .containsExactly("m/alias/last-version", "m/v000003", "m/v000003/chunk-0000");
        assertThat(ALIASES.decode(producer.history().get(0).value()).getVersion())
                .isEqualTo(3);
        assertThat(producer.history().get(1).value()).isNull();
        assertThat(producer.history().get(2).value()).isNull();
    }

    @Test
    void shouldNotForgetAHigherNumberWhenALowerOneIsRetired() {
        topic.alias("m", "last-version", 8);

        admin().retire(1);

        assertThat(ALIASES.decode(producer.history().get(0).value()).getVersion())
                .isEqualTo(8);
    }

    @Test
    void shouldNotRetireWhatIsPinnedNorTheOnlyVersion() {
        topic.alias("m", "serving", 2);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> admin().retire(2))
                .withMessageStartingWith("v2 of m is pinned; hemline models unpin");

        topic.put("m/v000002", null).put("m/v000003", null).put("m/alias/serving", null);
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> admin().retire(1))
                .withMessageStartingWith("v1 is the only version of m");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldLookAgainAndDoItWhereAnotherWasQuicker() {
        MockProducer<String, byte[]> fenced =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        fenced.initTransactions();
        ModelAdmin late = new ModelAdmin(topic.choose(Optional.of("m")), fenced, Optional.empty(), "test");
        fenced.fenceProducer();
        topic.version("m", 4);
        Iterator<ModelAdmin> looks = List.of(late, admin()).iterator();

        int newest = Steering.change(looks::next, admin -> {
            int version = admin.model().newest().orElseThrow().getVersion();
            admin.pin(version, "");
            return version;
        });

        assertThat(newest).isEqualTo(4);
        assertThat(fenced.history()).isEmpty();
        assertThat(ALIASES.decode(producer.history().get(0).value()).getVersion())
                .isEqualTo(4);
    }

    @Test
    void shouldNotTryAgainWhatIsRefused() {
        Iterator<ModelAdmin> looks = List.of(admin()).iterator();

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> Steering.change(looks::next, admin -> {
                    admin.pin(7, "");
                    return true;
                }))
                .withMessage("There is no v7 of m; there are v1, v2, v3");
    }
}
