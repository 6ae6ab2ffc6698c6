package dev.hemline.quickstart.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.quickstart.Hemline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of {@code explore} and of a training, opened as people open them. */
class InsightPagesIT {
    @TempDir
    static Path folder;

    private static TestBrowser browser;

    @BeforeAll
    static void makePages() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        hemline("explore", "--data", data.toString(), "--output", folder.resolve("explore.html") + "");
        hemline("train", "--data", data.toString(), "--output", folder.resolve("model") + "", "--epochs", "2");
        browser = TestBrowser.start();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "explore.html, LIGHT, 1200", "explore.html, DARK, 1200", "explore.html, LIGHT, 390",
        "model/report.html, LIGHT, 1200", "model/report.html, DARK, 1200", "model/report.html, DARK, 390"
    })
    void shouldShowItselfWithoutComplaintOrRequest(String file, ColorScheme scheme, int width) {
        try (OpenedPage opened = browser.open(folder.resolve(file).toUri().toString(), scheme, width)) {
            assertThat(opened.complaints()).isEmpty();
            assertThat(opened.fetched()).isEmpty();
            assertThat(opened.overhang()).isZero();
            assertThat(opened.ground())
                    .isEqualTo(scheme == ColorScheme.DARK ? "rgb(19, 20, 24)" : "rgb(247, 247, 245)");
            assertThat(opened.page().locator("svg path").count()).isPositive();
            // A picture that is damaged has no width of its own.
            assertThat(opened.page().evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)"))
                    .isEqualTo(true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "explore.html, Balance",
        "explore.html, Near-duplicates",
        "model/report.html, Learning curves",
        "model/report.html, What is taken for what",
        "model/report.html, The worst mistakes",
        "model/report.html, What the first layer looks for",
        "model/report.html, What each layer costs"
    })
    void shouldHaveTheSection(String file, String heading) {
        try (OpenedPage opened = browser.open(folder.resolve(file).toUri().toString(), ColorScheme.LIGHT, 1200)) {
            assertThat(opened.page().locator("h2").allInnerTexts())
                    .anySatisfy(text -> assertThat(text).contains(heading));
        }
    }

    private static void hemline(String... arguments) {
        StringWriter said = new StringWriter();
        int code = Hemline.commandLine(Map.of(), arguments)
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments);
        assertThat(code).as(said.toString()).isZero();
    }
}
