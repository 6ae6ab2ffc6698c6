package dev.hemline.quickstart.stream;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.hemline.testbed.Patience.PATIENCE;
import static dev.hemline.testbed.Patience.PATIENCE_MS;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.producer.RunningProducer;
import dev.hemline.quickstart.browser.OpenedPage;
import dev.hemline.quickstart.browser.TestBrowser;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that are asked for, given by keyboard in a real browser. With {@code -Dhemline.screenshots=DIR} it takes pictures of the desk. */
class LabelDeskIT {
    private static final int EVENTS = 40;
    private static final int LABELS = 10;
    private static final int CLASSES = 10;

    private final String screenshots = System.getProperty("hemline.screenshots", "");

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaSettings kafka;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = KafkaSettings.of(broker.bootstrapServers());
        KafkaTopics.ensure(kafka, Topics.ALL);
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    private TestClients clients() {
        return new TestClients(kafka.bootstrapServers());
    }

    private Map<String, Integer> predicted() {
        return clients().readValues(Topics.CLASSIFICATIONS).stream()
                .collect(toMap(Classification::getId, Classification::getLabel));
    }

    private void sendEventsWithoutLabels() {
        var events = new ProducerSettings(0, EVENTS, ImageEncoding.GRAY8, 7, 0, new LabelDelivery.None(), "it");
        new ImageEventProducer(events, FashionMnistFixture.load().test(), kafka, new SimpleMeterRegistry())
                .run(() -> false);
    }

    @Test
    void shouldTurnTenKeysIntoLabelsThatBecomeScoresAndMoveTheAccuracyShown() throws Exception {
        try (ChildClassifier classifier = ChildClassifier.start(
                        kafka, folder, "classifier", "--sample-share", "1", "--label-requests", "2400");
                TestBrowser browser = TestBrowser.start()) {
            classifier.awaitHttp();
            TestModels.publish(kafka, 1);
            sendEventsWithoutLabels();
            String address = "http://localhost:" + classifier.page().port() + "/";
            try (OpenedPage ann = browser.open(address, ColorScheme.LIGHT, 1200);
                    OpenedPage bob = browser.open(address, ColorScheme.DARK, 420)) {
                // Given two people at their desks, before different pictures
                startAs("Ann", ann.page());
                startAs("Bob", bob.page());
                assertThat(shown(bob.page(), List.of())).isNotEqualTo(shown(ann.page(), List.of()));
                take(ann.page(), "label-desk.png");
                take(bob.page(), "label-desk-phone.png");

                // When one of them gives ten labels by keyboard, seven of them as the model did
                await().atMost(PATIENCE).until(() -> predicted().size() == EVENTS);
                Map<String, Integer> predicted = predicted();
                List<String> labelled = new ArrayList<>();
                for (int i = 0; i < LABELS; i++) {
                    String id = shown(ann.page(), labelled);
                    int label = (requireNonNull(predicted.get(id)) + (i < 3 ? 1 : 0)) % CLASSES;
                    ann.page().keyboard().press(Integer.toString(label));
                    labelled.add(id);
                }

                // Then they are labels with a name, and scores, and the accuracy that both see
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(clients().readValues(Topics.GROUND_TRUTH))
                                .hasSize(LABELS)
                                .allSatisfy(truth -> assertThat(truth.getBy()).isEqualTo("Ann"))
                                .extracting(GroundTruth::getId)
                                .containsExactlyInAnyOrderElementsOf(labelled));
                await().atMost(PATIENCE)
                        .until(() -> clients().readValues(Topics.SCORES).size() == LABELS);
                awaitText(ann.page(), "#now-accuracy", "70.0 %");
                awaitText(bob.page(), "#now-accuracy", "70.0 %");

                // And the last can be taken back
                shown(ann.page(), labelled);
                ann.page().keyboard().press("u");
                String last = labelled.get(LABELS - 1);
                assertThat(ann.page().locator("#desk-picture")).hasAttribute("data-event", last);
                ann.page().keyboard().press(Integer.toString((requireNonNull(predicted.get(last)) + 1) % CLASSES));
                awaitText(ann.page(), "#now-accuracy", "60.0 %");

                // And nobody is shown what has its label, or what they skipped
                String skipped = shown(ann.page(), labelled);
                ann.page().keyboard().press("s");
                labelled.add(skipped);
                shown(ann.page(), labelled);
                ann.page().reload();
                assertThat(ann.page().locator("#desk-name")).hasValue("Ann");
                startAs("Ann", ann.page());
                shown(ann.page(), labelled.subList(0, LABELS));

                assertThat(bob.overhang()).isZero();
                assertThat(ann.complaints()).isEmpty();
                assertThat(bob.complaints()).isEmpty();
            }
        }
    }

    @Test
    void shouldTellTheAccuracyFromLabelsThatWereAskedForByLotAlone() throws Exception {
        try (ChildClassifier classifier =
                ChildClassifier.start(kafka, folder, "classifier", "--sample-share", "1", "--label-requests", "2400")) {
            classifier.awaitHttp();
            TestModels.publish(kafka, 1);

            // When a producer answers what it is asked
            var settings =
                    new ProducerSettings(20, 0, ImageEncoding.GRAY8, 7, 0, LabelDelivery.parse("requested:0"), "it");
            try (var producer = RunningProducer.start(new ImageEventProducer(
                    settings, FashionMnistFixture.load().test(), kafka, new SimpleMeterRegistry()))) {
                await().atMost(PATIENCE)
                        .until(() -> clients().readValues(Topics.SCORES).size() >= LABELS);
                producer.finish(PATIENCE);
            }

            // Then only what was asked for has a label, and those by lot say how often the version was right
            assertThat(clients().readValues(Topics.LABEL_REQUESTS).stream()
                            .filter(Objects::nonNull)
                            .map(LabelRequest::getId))
                    .containsAll(clients().readValues(Topics.GROUND_TRUTH).stream()
                            .map(GroundTruth::getId)
                            .toList());
            await().atMost(PATIENCE)
                    .until(() -> classifier.page().get("/accuracy/requested").complete());
            JsonNode version = classifier
                    .page()
                    .get("/accuracy/requested")
                    .body()
                    .path("versions")
                    .path(0);
            assertThat(version.path("model").asText()).isEqualTo("fashion-mnist");
            assertThat(version.path("labels").asInt()).isPositive();
            assertThat(version.path("accuracy").asDouble())
                    .isBetween(
                            version.path("low95").asDouble(),
                            version.path("high95").asDouble());
        }
    }

    private static void startAs(String name, Page page) {
        page.locator("#desk-name").fill(name);
        page.locator("#desk-name").press("Enter");
    }

    /** The event before somebody, once it is none of those. */
    private static String shown(Page page, List<String> before) {
        Locator picture = page.locator("#desk-picture");
        await().atMost(PATIENCE).until(() -> {
            String id = picture.getAttribute("data-event");
            return id != null && !id.isEmpty() && !before.contains(id);
        });
        return picture.getAttribute("data-event");
    }

    private static void awaitText(Page page, String selector, String text) {
        assertThat(page.locator(selector)).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    private void take(Page page, String name) {
        if (!screenshots.isEmpty()) {
            page.locator("#desk")
                    .screenshot(new Locator.ScreenshotOptions()
                            .setPath(Path.of(screenshots).resolve(name)));
        }
    }
}
