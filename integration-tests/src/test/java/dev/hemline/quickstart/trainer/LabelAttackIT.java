package dev.hemline.quickstart.trainer;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.labellers.LabellersCommand;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.LabellerState;
import dev.hemline.event.Sample;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Somebody labels wrongly, beside somebody who does not, before pictures change and after: with a real model and real pictures. */
class LabelAttackIT {
    private static final String HONEST = "ann";
    private static final String LIAR = "liar";
    private static final double MOST_FORGOTTEN = 0.01;
    private static final int LABELS = 160;

    /** Before the pictures change. */
    private static final int BEFORE = 240;

    /** Of so many at least it is looked how pictures have changed. */
    private static final int UNLABELLED = 400;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @TempDir
    Path folder;

    private final LabelledImages images = FashionMnist.load(null).test();
    private final SplittableRandom random = new SplittableRandom(3);
    private ArchiveClassifier tiny;
    private LearningTrainer trainer;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        tiny = ModelFiles.read(LearningTrainer.TINY).open();
        trainer = LearningTrainer.start(broker, folder, LABELS);
    }

    @AfterEach
    void stop() {
        trainer.close();
        tiny.close();
    }

    @Test
    void shouldNameWhoFlipsLabelsUntilAPersonLiftsThat() {
        undisturbed(BEFORE, this::flipTwoInFive);

        awaitQuarantineOf(LIAR);
        assertThat(trainer.labellers()).containsOnlyKeys(LIAR);
        assertThat(CommandLineApp.run(
                        new LabellersCommand(),
                        "lift",
                        LIAR,
                        "--reason",
                        "a drill",
                        "--bootstrap-servers",
                        broker.bootstrapServers()))
                .isZero();

        // and it is not said again of the same labels, but of new ones
        await().during(Duration.ofSeconds(8))
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(trainer.labellers()).containsOnly(Map.entry(LIAR, LabellerState.BELIEVED)));
        undisturbed(BEFORE, this::flipTwoInFive);
        awaitQuarantineOf(LIAR);
    }

    @Test
    @Tag("long")
    void shouldLearnFromTheOthersWhereOneFlipsLabels() {
        undisturbed(BEFORE, this::flipTwoInFive);
        awaitQuarantineOf(LIAR);
        shouldBeMendedWith(this::flipTwoInFive);
    }

    @Test
    @Tag("long")
    void shouldNameWhoBeginsToFlipLabelsWhenPicturesChange() {
        undisturbed(BEFORE, actual -> actual);
        shouldBeMendedWith(this::flipTwoInFive);
        awaitQuarantineOf(LIAR);
    }

    @Test
    @Tag("long")
    void shouldNameWhoSaysOneClassForAnother() {
        undisturbed(2 * BEFORE, actual -> actual == 6 ? 0 : actual);
        awaitQuarantineOf(LIAR);
        shouldBeMendedWith(actual -> actual == 6 ? 0 : actual);
    }

    @Test
    @Tag("long")
    void shouldNotBeHurriedByABurstOfLabelsOfOneClassThatNobodyAskedFor() {
        Instant onset = alarm("shop");
        for (int i = 0; i < 600; i++) {
            Sample sample = answered(changed(sent), "shop", Instant.now());
            trainer.label(sample.getId(), 3, LIAR);
        }
        trainer.awaitState(EpisodeState.LABELLING);
        askAndLabel(3 * LABELS, "shop", onset, actual -> actual, actual -> actual);
        awaitQuarantineOf(LIAR);
        shouldBeMendedWithoutForgetting();
    }

    @Test
    @Tag("long")
    void shouldNameWhoLabelsPicturesThatNobodySent() {
        undisturbed(BEFORE, actual -> actual);
        for (int i = 0; i < 3_000; i++) {
            trainer.label("never-sent-" + i, i % 10, "stranger");
        }
        awaitQuarantineOf("stranger");
        shouldBeMendedWith(actual -> actual);
    }

    /** Garbage, all of it one class, from somebody who sends it and labels it. */
    @Test
    @Tag("long")
    void shouldForgetNothingWhereSomebodySendsPicturesAndLabelsOfTheirOwn() {
        undisturbed(BEFORE, actual -> actual);
        Instant onset = alarm("intruder");
        trainer.awaitState(EpisodeState.LABELLING);
        askAndLabel(LABELS, "intruder", onset, actual -> 0, actual -> 0);
        trainer.awaitStep(EpisodeStepKind.REFUSED, EpisodeStepKind.PROMOTED);
        shouldHaveForgottenNothing();
    }

    private int flipTwoInFive(int actual) {
        return random.nextInt(5) < 2 ? (actual + 1 + random.nextInt(9)) % 10 : actual;
    }

    /** Pictures as ever, some minutes ago, each labelled by one of the two. */
    private void undisturbed(int count, IntUnaryOperator lie) {
        for (int i = 0; i < count; i++) {
            int place = sent;
            Sample sample = answered(images.image(place), "shop", Instant.now().minus(Duration.ofMinutes(5)));
            trainer.label(
                    sample.getId(),
                    i % 2 == 0 ? images.label(place) : lie.applyAsInt(images.label(place)),
                    i % 2 == 0 ? HONEST : LIAR);
        }
    }

    /** Pictures have changed, as many show that nobody labels. */
    private Instant alarm(String source) {
        Instant onset = Instant.now();
        for (int i = 0; i < UNLABELLED; i++) {
            answered(changed(sent), source, onset.plusMillis(i));
        }
        trainer.alarm(source, onset);
        return onset;
    }

    /** An episode, of which each of the two labels a half. */
    private void shouldBeMendedWith(IntUnaryOperator lie) {
        Instant onset = alarm("shop");
        trainer.awaitState(EpisodeState.LABELLING);
        askAndLabel(3 * LABELS, "shop", onset, actual -> actual, lie);
        shouldBeMendedWithoutForgetting();
    }

    private void askAndLabel(int count, String source, Instant since, IntUnaryOperator one, IntUnaryOperator other) {
        for (int i = 0; i < count; i++) {
            int place = sent;
            Sample sample = answered(changed(place), source, since.plusMillis(i));
            trainer.ask(sample);
            int label = images.label(place);
            trainer.label(sample.getId(), (i % 2 == 0 ? one : other).applyAsInt(label), i % 2 == 0 ? HONEST : LIAR);
        }
    }

    private byte[] changed(int place) {
        return Corruption.invert().apply(images.image(place), images.width(), images.height(), random);
    }

    /** What version 1 makes of a picture. */
    private Sample answered(byte[] pixels, String source, Instant at) {
        int[] one = {sent};
        LabelledImages image = images.select(one).changed(any -> pixels);
        Answers answers = Answers.of(tiny, image);
        List<Float> probabilities = IntStream.range(0, 10)
                .mapToObj(label -> (float) answers.probability(0, label))
                .toList();
        return trainer.sample("event-" + sent++, source, pixels, probabilities, 1, at);
    }

    private void awaitQuarantineOf(String labeller) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(trainer.labellers()).containsEntry(labeller, LabellerState.QUARANTINED));
        assertThat(trainer.labellers()).doesNotContainKey(HONEST);
    }

    private void shouldBeMendedWithoutForgetting() {
        trainer.awaitStep(EpisodeStepKind.PROMOTED);
        shouldHaveForgottenNothing();
    }

    /** Whatever came of it, no version knows unchanged pictures worse than the first, but for a point. */
    private void shouldHaveForgottenNothing() {
        double before = accuracy(ModelFiles.read(LearningTrainer.TINY));
        for (PublishedVersion version : trainer.versions().versions().values()) {
            assertThat(accuracy(ChosenModel.published(broker.settings(), version.manifest())))
                    .as("v" + version.manifest().getVersion())
                    .isGreaterThanOrEqualTo(before - MOST_FORGOTTEN);
        }
    }

    private double accuracy(ChosenModel model) {
        try (ArchiveClassifier classifier = model.open()) {
            return Answers.of(classifier, images).accuracy();
        }
    }
}
