package dev.hemline.trainer.episode;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.RefreshPolicy;
import dev.hemline.event.RequestReason;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.topic.EventSerde;
import dev.hemline.trainer.reservoir.LabelledSample;
import dev.hemline.trainer.reservoir.TrafficSamples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What topics have told of a model whose version 1 serves, right about 90 % of its validation images. */
final class Told {
    /** Avro trusts classes of ours once one of these is there. */
    static final EventSerde<Episode> EPISODES = EventSerde.of(Episode.class);

    static final Instant NOON = TrafficSamples.NOON;
    static final String MODEL = "fashion-mnist";

    final List<LabelledSample> labelled = new ArrayList<>();
    private final TreeMap<Integer, PublishedVersion> versions = new TreeMap<>();
    private final Map<String, ModelAlias> steering = new HashMap<>();
    private final ToldDrifts drifts = new ToldDrifts();
    private final List<ExperimentDecision> decisions = new ArrayList<>();
    private Optional<ModelPolicy> policy = Optional.empty();

    Told() {
        publish(1, Map.of());
        refreshes(new RefreshPolicy(200, 4, Duration.ofMinutes(5).toMillis()));
    }

    Situation at(Instant now) {
        var model = new PublishedVersions(MODEL, versions.size(), versions, Map.copyOf(steering), policy);
        return new Situation(model, drifts.all(), List.copyOf(decisions), List.copyOf(labelled), now);
    }

    void publish(int version, Map<String, String> training) {
        versions.put(version, new PublishedVersion(manifest(version, training), Set.of()));
    }

    static ModelManifest manifest(int version, Map<String, String> training) {
        return ModelManifest.newBuilder()
                .setName(MODEL)
                .setVersion(version)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", 1L, "00", 1))
                .setNetwork("tiny")
                .setParameters(1)
                .setLabels(List.of("a", "b"))
                .setInput(new ModelInput(1, 28, 28, List.of(0f), List.of(1f), false))
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("validation", 5_000, 0.9, 1.0))
                .setGolden(new GoldenBatch(List.of(), List.of(), 0.1f))
                .setTraining(training)
                .build();
    }

    void retire(int version) {
        versions.remove(version);
    }

    void pin(int version) {
        steering.put("serving", new ModelAlias(MODEL, "serving", version, Instant.EPOCH, "test", ""));
    }

    void refreshes(@Nullable RefreshPolicy refresh) {
        policy = Optional.of(ModelPolicy.newBuilder()
                .setName(MODEL)
                .setPolicy(ServingPolicy.IMMEDIATE)
                .setSetAt(Instant.EPOCH)
                .setSetBy("test")
                .setRefresh(refresh)
                .build());
    }

    void nobodyHasSetAPolicy() {
        policy = Optional.empty();
    }

    /** Pictures of a version from one source have changed, for two minutes already. */
    Drift alarm(int version, String source, Instant at) {
        return tell(version, source, DriftKind.PICTURES, DriftState.ALARM, at);
    }

    void allClear(int version, String source, Instant at) {
        tell(version, source, DriftKind.PICTURES, DriftState.ALL_CLEAR, at);
    }

    Drift tell(int version, String source, DriftKind kind, DriftState state, Instant at) {
        Drift drift = drift(version, source, kind, state, at).build();
        drifts.add(drift);
        return drift;
    }

    void tell(Drift drift) {
        drifts.add(drift);
    }

    static Drift.Builder drift(int version, String source, DriftKind kind, DriftState state, Instant at) {
        return Drift.newBuilder()
                .setModelName(MODEL)
                .setModelVersion(version)
                .setSource(source)
                .setState(state)
                .setKind(kind)
                .setReference(DriftReference.VALIDATION)
                .setSinceId("event-1")
                .setSinceAt(at.minusSeconds(120))
                .setBefore(1_000)
                .setResults(85)
                .setLogEvidence(20)
                .setLogThreshold(15)
                .setStrength(1)
                .setClasses(List.of())
                .setAt(at);
    }

    void decided(int candidate, ExperimentOutcome outcome) {
        decisions.add(ExperimentDecision.newBuilder()
                .setModelName(MODEL)
                .setCandidate(candidate)
                .setIncumbent(1)
                .setPhase(ExperimentPhase.TRIAL)
                .setOutcome(outcome)
                .setReason(ExperimentReason.WORSE_IN_SEGMENT)
                .setLogEValue(5)
                .setAlpha(0.05)
                .setMargin(0)
                .setSegmentMargin(0.1)
                .setChallengerAlone(1)
                .setChampionAlone(9)
                .setAlike(90)
                .setSegments(List.of())
                .setDisagreements(List.of())
                .setDecidedAt(NOON.plusSeconds(5))
                .build());
    }

    /** So many labels of pictures that a version answered from then on, one a second, of which the first are right. */
    void label(int version, int count, int right, Instant from, @Nullable RequestReason reason) {
        for (int i = 0; i < count; i++) {
            labelled.add(TrafficSamples.answered(
                    "event-" + labelled.size(), version, i < right, from.plusSeconds(i), reason));
        }
    }

    static EpisodeStep last(Episode episode) {
        return episode.getSteps().get(episode.getSteps().size() - 1);
    }

    static EpisodeStepKind lastKind(Episode episode) {
        return last(episode).getKind();
    }
}
