package dev.hemline.quickstart.browser;

import static dev.hemline.testbed.Patience.PATIENCE_MS;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser, with everything that it said and asked for. Belongs to one thread. */
public final class OpenedPage implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private OpenedPage(BrowserContext context) {
        this.context = context;
        // A machine with much else to do is slow, not wrong.
        context.setDefaultTimeout(PATIENCE_MS);
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> requests.add(request.url()));
    }

    static OpenedPage open(Browser browser, String address, ColorScheme scheme, int width) {
        return open(
                browser,
                address,
                new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 844));
    }

    static OpenedPage open(Browser browser, String address, Browser.NewContextOptions options) {
        OpenedPage opened = new OpenedPage(browser.newContext(options));
        opened.page.navigate(address);
        return opened;
    }

    /** The page itself. */
    public Page page() {
        return page;
    }

    /** Errors and warnings of the console, and exceptions that nobody caught. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Everything that was fetched but the page itself and what stands within it. */
    public List<String> fetched() {
        return requests.stream()
                .skip(1)
                .filter(address -> !address.startsWith("data:"))
                .toList();
    }

    /** Pixels by which the page is wider than the window; above 0 one has to scroll sideways. */
    public int overhang() {
        return ((Number) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .intValue();
    }

    /** The colour behind everything, as the browser computes it. */
    public String ground() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @Override
    public void close() {
        context.close();
    }
}
