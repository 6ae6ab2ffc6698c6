package dev.hemline.quickstart.stream;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.hemline.testbed.Patience.PATIENCE;
import static dev.hemline.testbed.Patience.PATIENCE_MS;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.quickstart.browser.OpenedPage;
import dev.hemline.quickstart.browser.TestBrowser;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the live page for the docs, of a real demo; docs/live-page.md has the command. */
@EnabledIfSystemProperty(named = "hemline.screenshots", matches = ".+")
class LivePageScreenshotsIT {
    private static final Pattern SEVERAL_VERSIONS_LATER = Pattern.compile(" v([5-9]|\\d\\d)");
    private static final Pattern OF_A_VERSION = Pattern.compile(" of v\\d+");
    private static final int ANKLE_BOOT = 0;
    private static final String TINY = "--pretrained=" + RepositoryFiles.ROOT.resolve("reference-models/tiny");

    private final Path images = Path.of(System.getProperty("hemline.screenshots", ""));

    @TempDir
    Path folder;

    @Test
    void shouldTakePicturesOfADemo() throws Exception {
        int port = FreePort.any();
        var demo = ChildCommand.of("demo", "512m", List.of("--port", Integer.toString(port)));
        String address = "http://localhost:" + (port + 1) + "/";
        Files.createDirectories(images);
        try (ChildProcess running = ChildProcess.start(demo, folder.resolve("demo.log"));
                TestBrowser browser = TestBrowser.start()) {
            awaitAnswer(port + 1);
            // Accuracy is drawn from when the first browser came, so this one stays.
            try (OpenedPage light = browser.open(address, ColorScheme.LIGHT, 1200)) {
                assertThat(light.page().locator("#headline"))
                        .containsText(SEVERAL_VERSIONS_LATER, new ContainsTextOptions().setTimeout(PATIENCE_MS));
                take(light.page(), "live-page.png");
                try (OpenedPage dark = browser.open(address, ColorScheme.DARK, 1200)) {
                    take(dark.page(), "live-page-dark.png");
                }
                try (OpenedPage phone = browser.open(address, ColorScheme.LIGHT, 390)) {
                    take(phone.page(), "live-page-phone.png");
                }
            }
            running.stop(Duration.ofMinutes(2));
        }
    }

    @Test
    void shouldTakePicturesOfAChange() throws Exception {
        takeCard(
                "#drift",
                "drift-card",
                page -> awaitPictures(page, "#drift", 12),
                TINY,
                "--rate",
                "100",
                "--drift",
                "brighter:25@45");
    }

    @Test
    void shouldTakePicturesOfAnExperiment() throws Exception {
        takeCard(
                "#experiment",
                "experiment-card",
                page -> awaitPictures(page, "#experiment", 6),
                "--policy",
                "challenger");
    }

    /** Once it is over, and has all its marks. */
    @Test
    void shouldTakePicturesOfAnEpisode() throws Exception {
        takeCard(
                "#episodes",
                "episodes-card",
                page -> page.locator("#episodes summary").click(),
                TINY,
                "--season",
                "invert");
    }

    /**
     * Light, dark, and dark on a phone.
     *
     * @param ready waits until the card is worth a picture
     */
    private void takeCard(String card, String name, Consumer<Page> ready, String... demoFlags) throws Exception {
        int port = FreePort.any();
        List<String> flags = new ArrayList<>(List.of("--port", Integer.toString(port)));
        flags.addAll(List.of(demoFlags));
        var demo = ChildCommand.of("demo", "512m", flags);
        String address = "http://localhost:" + (port + 1) + "/";
        Files.createDirectories(images);
        try (ChildProcess running = ChildProcess.start(demo, folder.resolve("demo.log"));
                TestBrowser browser = TestBrowser.start()) {
            awaitAnswer(port + 1);
            try (OpenedPage light = browser.open(address, ColorScheme.LIGHT, 1200);
                    OpenedPage dark = browser.open(address, ColorScheme.DARK, 1200);
                    OpenedPage phone = browser.open(address, ColorScheme.DARK, 420)) {
                takeCard(light.page(), card, ready, name + ".png");
                takeCard(dark.page(), card, ready, name + "-dark.png");
                takeCard(phone.page(), card, ready, name + "-phone.png");
            }
            running.stop(Duration.ofMinutes(2));
        }
    }

    private void takeCard(Page page, String card, Consumer<Page> ready, String name) {
        ready.accept(page);
        page.locator(card).screenshot(new Locator.ScreenshotOptions().setPath(images.resolve(name)));
    }

    private static void awaitPictures(Page page, String card, int pictures) {
        assertThat(page.locator(card + " li canvas")).hasCount(pictures, new HasCountOptions().setTimeout(PATIENCE_MS));
    }

    private static void awaitAnswer(int port) {
        await().atMost(PATIENCE)
                .until(() -> new AccuracyPage(port).get("/health/live").status() == 200);
    }

    private void take(Page page, String name) throws Exception {
        DroppedPicture.of(FashionMnist.load(null).test().image(ANKLE_BOOT)).on(page, "#drop");
        assertThat(page.locator("#reply .guesses li")).hasCount(3, new HasCountOptions().setTimeout(PATIENCE_MS));
        assertThat(page.locator("#pictures .right").nth(4)).isVisible();
        // Labels come some seconds after a version's first results.
        assertThat(page.locator("#confusion-title"))
                .containsText(OF_A_VERSION, new ContainsTextOptions().setTimeout(PATIENCE_MS));
        page.screenshot(
                new Page.ScreenshotOptions().setPath(images.resolve(name)).setFullPage(true));
    }
}
