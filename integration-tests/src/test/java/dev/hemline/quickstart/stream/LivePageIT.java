package dev.hemline.quickstart.stream;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.hemline.testbed.Patience.PATIENCE_MS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsHiddenOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.hemline.event.DriftState;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.quickstart.browser.OpenedPage;
import dev.hemline.quickstart.browser.TestBrowser;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classifier's live page, in a real browser. */
class LivePageIT {
    private static final Pattern ABOVE_ZERO = Pattern.compile("[1-9]");

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;
    private CardRecords told;
    private final AtomicBoolean enough = new AtomicBoolean();
    private CompletableFuture<Void> sending = CompletableFuture.completedFuture(null);

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = KafkaSettings.of(broker.bootstrapServers());
        KafkaTopics.ensure(kafka, Topics.ALL);
        told = new CardRecords(kafka);
    }

    @AfterEach
    void stopBroker() {
        enough.set(true);
        broker.close();
    }

    private void stopSending() {
        enough.set(true);
        sending.join();
    }

    private void sendOn(LabelledEvents events) {
        sending = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                events.send(10);
                Utils.sleep(200);
            }
        });
    }

    private static void awaitText(Page page, String selector, Pattern text) {
        assertThat(page.locator(selector)).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    private static void awaitText(Page page, String selector, String text) {
        assertThat(page.locator(selector)).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    private static void awaitVisible(Page page, String selector) {
        assertThat(page.locator(selector).first()).isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MS));
    }

    @Test
    void shouldShowTheStreamAtWorkAndLabelAPictureThatIsDroppedOnIt() throws Exception {
        try (ChildClassifier classifier = ChildClassifier.start(kafka, folder, "classifier", "--sample-share", "1");
                TestBrowser browser = TestBrowser.start();
                LabelledEvents events = new LabelledEvents(kafka.bootstrapServers())) {
            classifier.awaitHttp();
            String address = "http://localhost:" + classifier.page().port() + "/";
            try (OpenedPage opened = browser.open(address, ColorScheme.LIGHT, 1200)) {
                Page page = opened.page();

                // Before anything has happened it says what it waits for.
                awaitText(page, "#connection", "live");
                awaitVisible(page, "#models-empty");
                awaitVisible(page, "#pictures-empty");

                // Throughput moves.
                TestModels.publish(kafka, 1);
                sendOn(events);
                awaitText(page, "#now-results", ABOVE_ZERO);
                awaitVisible(page, "#throughput canvas");
                awaitText(page, "#headline", "Serving fashion-mnist v1");

                // A swap appears, and a version that was refused with its reason.
                TestModels.publish(kafka, 2);
                awaitText(page, "#headline", "Serving fashion-mnist v2");
                assertThat(page.locator("#throughput [role=img]").getAttribute("aria-label"))
                        .contains("Newest swaps: v1 at", "v2 at");
                TestModels.publishBroken(kafka, 3);
                awaitText(page, "#models", "refused");
                awaitText(page, "#models", "golden-batch");

                // Pictures come by, with what the model said and what is true.
                awaitVisible(page, "#pictures canvas");
                awaitVisible(page, "#pictures .right, #pictures .wrong");
                awaitVisible(page, "#confusion td[style]");
                awaitText(page, "#now-accuracy", "%");

                // What the version made of each source, too.
                awaitText(page, "#sources-title", "By source of v2");
                awaitText(page, "#sources", "test");
                awaitVisible(page, "#sources .whisker");

                // And why nothing is estimated without labels, of an untrained network.
                awaitText(page, "#ways", "Labels that came");
                awaitText(page, "#ways-why", "Its manifest has no reference, and does not tell that it was calibrated");

                // An alarm has a card, with what was answered and pictures before and since, until the all-clear.
                assertThat(page.locator("#drift")).isHidden();
                Instant since = Instant.now();
                told.drift(DriftState.ALARM, since);
                awaitText(page, "#drift-said", "test: pictures look otherwise since");
                awaitText(page, "#drift", "Bag and Coat moved most");
                awaitVisible(page, "#drift .drift-shares .moved");
                awaitVisible(page, "#drift .drift-pictures div:first-child canvas");
                awaitVisible(page, "#drift .drift-pictures div:last-child canvas");
                awaitText(page, "#ways-why", "Pictures of source test look otherwise");
                awaitText(page, "#drift .drift-shares", Pattern.compile("before \\([1-9].*since \\([1-9]"));
                try (OpenedPage phone = browser.open(address, ColorScheme.DARK, 420)) {
                    awaitVisible(phone.page(), "#drift canvas");
                    assertThat(phone.overhang()).isZero();
                }
                told.drift(DriftState.ALL_CLEAR, since);
                assertThat(page.locator("#drift")).isHidden(new IsHiddenOptions().setTimeout(PATIENCE_MS));

                // A challenger has a card, with the evidence and pictures that the two disagree about, and then with
                // the decision.
                assertThat(page.locator("#experiment")).isHidden();
                told.otherAnswers();
                told.experiment(since, 3);
                told.experiment(Instant.now(), 6);
                awaitText(page, "#experiment-said", "v1 is on trial: it shadows v2, which serves.");
                awaitText(page, "#experiment-more", "proof for class Shirt (e-value 2.31 of 20.0)");
                awaitText(page, "#experiment .experiment-unproved", "class Shirt");
                awaitVisible(page, "#evidence canvas");
                awaitVisible(page, "#experiment .experiment-pictures canvas");
                try (OpenedPage phone = browser.open(address, ColorScheme.DARK, 420)) {
                    awaitVisible(phone.page(), "#experiment .experiment-pictures canvas");
                    assertThat(phone.overhang()).isZero();
                }
                told.decision();
                awaitText(page, "#experiment-said", "v1 was rejected at");
                awaitText(page, "#experiment-more", "out of time");

                // An episode has a card with its steps along a line, which is folded when it is over.
                assertThat(page.locator("#episodes")).isHidden();
                var alarmed = new EpisodeStep(
                        EpisodeStepKind.ALARMED,
                        since.plusSeconds(6),
                        null,
                        null,
                        null,
                        "<b>pictures</b> have changed");
                var labelled = new EpisodeStep(EpisodeStepKind.LABELLED, since.plusSeconds(73), null, 180, 0.25, "");
                told.episode(since, EpisodeState.REFRESHING, alarmed, labelled);
                awaitText(page, "#episodes-said", "v2: changed pictures of test since");
                awaitText(page, "#episodes-said", "v2 is being refreshed.");
                assertThat(page.locator("#episodes .timeline li")).hasCount(7);
                awaitText(page, "#episodes .timeline", "<b>pictures</b> have changed");
                awaitText(page, "#episodes .timeline", "+73 s");
                awaitText(page, "#episodes .timeline", "Right about 25.0 % of 180 labelled pictures");
                awaitText(page, "#episodes [aria-current=step]", "Refresh");
                try (OpenedPage phone = browser.open(address, ColorScheme.DARK, 420)) {
                    awaitVisible(phone.page(), "#episodes .timeline");
                    assertThat(phone.overhang()).isZero();
                }
                var recovered = new EpisodeStep(EpisodeStepKind.RECOVERED, since.plusSeconds(99), null, 40, 0.9, "");
                told.episode(since, EpisodeState.ENDED, alarmed, labelled, recovered);
                awaitText(page, "#episodes-said", "99 s after its onset: recovered.");
                awaitText(page, "#episodes summary", "v2: changed pictures of test");
                assertThat(page.locator("#episodes .timeline")).isHidden();
                page.locator("#episodes summary").press("Enter");
                awaitVisible(page, "#episodes .timeline");

                // A dropped picture goes through Kafka and comes back with its three best classes.
                DroppedPicture.of(FashionMnistFixture.load().test().image(0)).on(page, "#drop");
                assertThat(page.locator("#reply .guesses li"))
                        .hasCount(3, new HasCountOptions().setTimeout(PATIENCE_MS));
                awaitText(page, "#reply", "Version 2 answered after");

                assertThat(opened.complaints()).isEmpty();
                // A blob is what the page itself made of the picture, nothing from outside.
                assertThat(opened.fetched())
                        .isNotEmpty()
                        .allMatch(url -> url.startsWith(address) || url.startsWith("blob:" + address));
                assertThat(opened.overhang()).isZero();
            }
            try (OpenedPage phone = browser.open(address, ColorScheme.DARK, 390)) {
                awaitVisible(phone.page(), "#models td");
                awaitVisible(phone.page(), "#confusion td[style]");
                awaitVisible(phone.page(), "#sources td");

                assertThat(phone.overhang()).isZero();
                assertThat(phone.ground()).isEqualTo("rgb(19, 20, 24)");
                assertThat(phone.complaints()).isEmpty();
            }
            stopSending();
        }
    }
}
