package dev.hemline.quickstart.demo;

import dev.hemline.service.DaemonThreads;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a page in the browser that the person at this machine uses, as soon as it answers. Where that does not work it is only
 * logged: the address has been told anyway.
 */
final class PageOpening {
    private static final Logger LOG = LoggerFactory.getLogger(PageOpening.class);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int TRIES = 200;

    private PageOpening() {}

    /** Returns at once. */
    static void start(DemoPorts ports) {
        DaemonThreads.start("page-opening", () -> open(ports.page(), new MetricsScrape(ports.classifier())));
    }

    private static void open(URI page, MetricsScrape classifier) {
        try {
            for (int tries = 1; !classifier.showsPage(); tries++) {
                if (tries == TRIES) {
                    return;
                }
                Thread.sleep(PAUSE.toMillis());
            }
            new ProcessBuilder(command(System.getProperty("os.name", ""), page))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.warn("No browser could be opened; open {}", page, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(String operatingSystem, URI address) {
        String system = operatingSystem.toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of("open", address.toString());
        }
        return system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", address.toString())
                : List.of("xdg-open", address.toString());
    }
}
