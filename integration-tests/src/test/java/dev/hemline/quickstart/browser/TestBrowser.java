package dev.hemline.quickstart.browser;

import static dev.hemline.testbed.Patience.PATIENCE_MS;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;

/** A headless Chromium for tests; belongs to one thread. */
public final class TestBrowser implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private TestBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** @throws IllegalStateException if this machine has no browser */
    public static TestBrowser start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        var executable = BrowserOnThisMachine.find(System.getenv());
        Playwright playwright =
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Containers run tests as root and have a small /dev/shm; Chromium wants neither.
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(executable)
                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"));
        return new TestBrowser(playwright, playwright.chromium().launch(options));
    }

    /**
     * Opens a page in a window of its own.
     *
     * @param width of the window in pixels: 390 for a phone
     */
    public OpenedPage open(String address, ColorScheme scheme, int width) {
        return OpenedPage.open(browser, address, scheme, width);
    }

    /** Opens a page behind a password, whoever signed its certificate. */
    public OpenedPage openWithPassword(String address, String password) {
        return OpenedPage.open(
                browser,
                address,
                new Browser.NewContextOptions()
                        .setHttpCredentials("anybody", password)
                        .setIgnoreHTTPSErrors(true));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
