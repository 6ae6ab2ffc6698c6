package dev.hemline.quickstart.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a page in the browser that the person at this machine uses, as soon as it answers. Where that does not work it is only
 * logged: the address has been told anyway.
 */
final class PageOpening implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PageOpening.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int TRIES = 200;
    private static final int OK = 200;

    private final URI page;

    private PageOpening(URI page) {
        this.page = page;
    }

    /** Returns at once. */
    static void start(URI page) {
        Thread thread = new Thread(new PageOpening(page), "page-opening");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            if (answers()) {
                new ProcessBuilder(command(System.getProperty("os.name", ""), page))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            }
        } catch (IOException e) {
            LOG.warn("No browser could be opened; open {}", page, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean answers() throws InterruptedException {
        HttpClient http = HttpClient.newBuilder().connectTimeout(PAUSE).build();
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(1)).build();
        for (int i = 0; i < TRIES; i++) {
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == OK) {
                    return true;
                }
            } catch (IOException e) {
                LOG.debug("{} does not answer yet", page, e);
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return false;
    }

    static List<String> command(String operatingSystem, URI address) {
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of("open", address.toString());
        }
        return system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address.toString())
                : List.of("xdg-open", address.toString());
    }
}
