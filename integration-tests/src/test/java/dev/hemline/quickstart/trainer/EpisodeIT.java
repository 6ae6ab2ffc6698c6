package dev.hemline.quickstart.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.hemline.control.episodes.EpisodesCommand;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.Sample;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.quickstart.browser.OpenedPage;
import dev.hemline.quickstart.browser.TestBrowser;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that mends what serves: with what classifiers and people tell on topics, and is killed meanwhile. */
class EpisodeIT {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldRefreshWhatServesWhenPicturesHaveChangedWheneverItIsKilled() throws Exception {
        // Given a version that serves, a policy that has it refreshed, and a trainer
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        // A thousand images to remember by are too few to be held to what was forgotten.
        String[] flags = {"--data=" + data, "--force"};
        try (LearningTrainer trainer = LearningTrainer.start(BROKER, folder, 100, flags)) {
            // When pictures are inverted, which is told, and people label some of them
            trainer.alarm("shop", Instant.now());
            trainer.awaitState(EpisodeState.LABELLING);
            trainer.killAndStart(folder, flags);
            for (int i = 0; i < 100; i++) {
                inverted(trainer, "a-" + i, i, 1);
            }
            // and the trainer is killed while it waits for labels, while it refreshes, and while it watches what came
            // of it
            trainer.awaitState(EpisodeState.REFRESHING);
            trainer.killAndStart(folder, flags);
            trainer.awaitState(EpisodeState.WATCHING);
            trainer.killAndStart(folder, flags);

            // Then another one goes on each time, and one version comes of it and serves
            assertThat(trainer.versions().versions()).hasSize(2);
            Map<String, String> training = Objects.requireNonNull(
                            trainer.versions().versions().get(2))
                    .manifest()
                    .getTraining();
            assertThat(training)
                    .containsEntry("trigger", "episode")
                    .containsEntry("episode", trainer.episode().getId())
                    .containsEntry("refreshed", "v1")
                    .containsEntry("root", "1")
                    .containsEntry("labels", "100");

            // and when labels say that it is right about most of them, the episode is over
            for (int i = 100; i < 180; i++) {
                inverted(trainer, "b-" + i, i, 2);
            }
            trainer.awaitState(EpisodeState.ENDED);
            assertThat(trainer.labellers()).isEmpty();
            shouldShowTheReservoir(trainer.reservoir());
            assertThat(trainer.episode().getSteps().stream().map(EpisodeStep::getKind))
                    .containsExactly(
                            EpisodeStepKind.ALARMED,
                            EpisodeStepKind.LABELLED,
                            EpisodeStepKind.REFRESHED,
                            EpisodeStepKind.PROMOTED,
                            EpisodeStepKind.RECOVERED);
        }
        assertThat(CommandLineApp.run(new EpisodesCommand(), "--bootstrap-servers", BROKER.bootstrapServers()))
                .isZero();
    }

    private static void shouldShowTheReservoir(String address) throws Exception {
        try (TestBrowser browser = TestBrowser.start()) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                try (OpenedPage opened = browser.open(address, scheme, scheme == ColorScheme.DARK ? 420 : 1200)) {
                    assertThat(opened.complaints()).isEmpty();
                    assertThat(opened.fetched()).isEmpty();
                    assertThat(opened.overhang()).isZero();
                    assertThat(opened.page().locator("h2").allInnerTexts())
                            .containsExactly("By class", "Sources", "Labellers", "Versions", "The newest");
                    assertThat(opened.page().locator("td").allInnerTexts()).contains("shop", "somebody", "v1", "v2");
                    assertThat(opened.page().locator("figure img").count()).isEqualTo(36);
                    opened.page()
                            .screenshot(new Page.ScreenshotOptions()
                                    .setFullPage(true)
                                    .setPath(Path.of("target/reservoir-" + scheme + ".png")));
                }
            }
        }
    }

    /** What a classifier would tell of an inverted picture, and what a person says of it. */
    private static void inverted(LearningTrainer trainer, String id, int image, int version) {
        int place = image % IMAGES.size();
        byte[] pixels = Corruption.invert()
                .apply(IMAGES.image(place), IMAGES.width(), IMAGES.height(), new SplittableRandom(1));
        int label = IMAGES.label(place);
        // What does not know them says Bag; what does is right.
        List<Float> probabilities = new ArrayList<>(Collections.nCopies(10, 0f));
        probabilities.set(version == 1 ? 8 : label, 1f);
        Sample sample = trainer.sample(id, "shop", pixels, probabilities, version, Instant.now());
        trainer.ask(sample);
        trainer.label(id, label, "somebody");
    }
}
