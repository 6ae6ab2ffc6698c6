package dev.hemline.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.DriftWatchState;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.batch.Sums;
import dev.hemline.quality.drift.ReferenceWatch.Change;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private static final SourceRow KEY = new SourceRow(new ModelKey.Manifest("fashion-mnist", 3), "warehouse-3");

    private final SimulatedModel model = new SimulatedModel(11);
    private final Optional<Reference> validation = Optional.of(model.validation(5_000));

    @Test
    void shouldGiveAnAlarmOncePerReferenceAndTheAllClearWhenItIsOver() {
        DriftWatch watch = new DriftWatch(SimulatedModel.CLASSES, 1);
        assertThat(changes(watch, model.batches(3_000, 0))).isEmpty();

        List<Change> alarms = changes(watch, model.pictures(0.8).batches(3_000, 3_000));
        List<Change> allClears = changes(watch, model.pictures(0).batches(3_000, 6_000));

        assertThat(alarms)
                .extracting(Change::state, Change::kind, Change::reference)
                .containsExactlyInAnyOrder(
                        tuple(DriftState.ALARM, DriftKind.PICTURES, DriftReference.VALIDATION),
                        tuple(DriftState.ALARM, DriftKind.PICTURES, DriftReference.LIVE));
        assertThat(allClears)
                .extracting(Change::state, Change::reference)
                .containsExactlyInAnyOrder(
                        tuple(DriftState.ALL_CLEAR, DriftReference.VALIDATION),
                        tuple(DriftState.ALL_CLEAR, DriftReference.LIVE));
        assertThat(watch.standing()).isEmpty();
    }

    @Test
    void shouldCallAnotherMixAMix() {
        DriftWatch watch = new DriftWatch(SimulatedModel.CLASSES, 1);
        changes(watch, model.batches(3_000, 0));

        List<Change> told = changes(watch, model.mix(SimulatedModel.UNEVEN).batches(3_000, 3_000));

        assertThat(told).extracting(Change::kind).containsOnly(DriftKind.MIX).hasSize(2);
    }

    @Test
    void shouldWatchByItsOwnFirstResultsWhereAManifestTellsNothing() {
        DriftWatch watch = new DriftWatch(SimulatedModel.CLASSES, 1);
        model.batches(3_000, 0).forEach(batch -> watch.add(batch, Optional.empty()));

        List<Change> told = new ArrayList<>();
        model.pictures(0.8).batches(1_000, 3_000).forEach(batch -> told.addAll(watch.add(batch, Optional.empty())));

        assertThat(told).extracting(Change::reference).containsExactly(DriftReference.LIVE);
    }

    @Test
    void shouldStaySilentHoweverLargeBatchesAre() {
        int alarms = 0;
        for (int seed = 0; seed < 20; seed++) {
            SimulatedModel unchanged = new SimulatedModel(seed);
            DriftWatch watch = new DriftWatch(SimulatedModel.CLASSES, 1);
            for (int place = 0; place < 60_000; place += 500) {
                alarms +=
                        watch.add(unchanged.batch(500, place), Optional.empty()).size();
            }
        }

        assertThat(alarms).isZero();
    }

    @Test
    void shouldStaySilentAboutANetworkThatIsSureAndNowAndThenIsNot() {
        int alarms = 0;
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            DriftWatch watch = new DriftWatch(SimulatedModel.CLASSES, 1);
            for (int place = 0; place < 10_000; place++) {
                alarms += watch.add(new Batch("event-" + place, place, sure(random, 1 + place % 12)), Optional.empty())
                        .size();
            }
        }

        assertThat(alarms).isZero();
    }

    /** Of a few results nearly all leave no class but one anything, and one in three hundred is torn between two. */
    private static Sums sure(Random random, int results) {
        Sums sums = Sums.none(SimulatedModel.CLASSES);
        for (int i = 0; i < results; i++) {
            float[] probabilities = new float[SimulatedModel.CLASSES];
            int label = random.nextInt(SimulatedModel.CLASSES);
            int other = random.nextInt(SimulatedModel.CLASSES);
            probabilities[other] = random.nextInt(300) == 0 ? 0.45f : 0;
            probabilities[label] = 1 - (other == label ? 0 : probabilities[other]);
            sums.add(label, LogProbabilities.of(probabilities));
        }
        return sums;
    }

    @Test
    void shouldGoOnFromWhatWasKeptAsIfNothingHadBeen() {
        DriftWatch all = new DriftWatch(SimulatedModel.CLASSES, 1);
        List<Batch> before = model.batches(2_600, 0);
        List<Batch> after = model.pictures(0.5).batches(2_000, 2_600);
        changes(all, before);
        DriftWatch taken = kept(all);

        List<Change> whole = changes(all, after);
        List<Change> continued = new ArrayList<>();
        for (Batch batch : after) {
            continued.addAll(taken.add(batch, validation));
            taken = kept(taken);
        }

        assertThat(whole).isNotEmpty();
        assertThat(continued)
                .extracting(
                        Change::state,
                        Change::reference,
                        Change::logEvidence,
                        change -> change.since().start())
                .isEqualTo(whole.stream()
                        .map(change -> tuple(
                                change.state(),
                                change.reference(),
                                change.logEvidence(),
                                change.since().start()))
                        .toList());
    }

    private DriftWatch kept(DriftWatch watch) {
        EventSerde<DriftWatchState> serde = EventSerde.of(DriftWatchState.class);
        DriftWatchState state = serde.decode(serde.encode(DriftWatchStates.of(KEY, SimulatedModel.CLASSES, watch)));
        return DriftWatchStates.read(state, validation, 1);
    }

    private List<Change> changes(DriftWatch watch, List<Batch> batches) {
        List<Change> changes = new ArrayList<>();
        batches.forEach(batch -> changes.addAll(watch.add(batch, validation)));
        return changes;
    }
}
