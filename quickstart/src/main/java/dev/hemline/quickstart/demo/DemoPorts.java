package dev.hemline.quickstart.demo;

import dev.hemline.service.UserError;
import dev.hemline.testbed.broker.FreePort;
import java.net.URI;

/**
 * Where the parts of a demo answer.
 *
 * @param broker Kafka clients
 * @param classifier its page, metrics and health
 * @param trainer its metrics and health
 * @param challenger likewise, where there is one
 */
record DemoPorts(int broker, int classifier, int trainer, int challenger) {
    /**
     * The given port and the three after it, or any for 0.
     *
     * @throws UserError if one of them is taken
     */
    static DemoPorts from(int port) {
        return port == 0
                ? new DemoPorts(FreePort.any(), FreePort.any(), FreePort.any(), FreePort.any())
                : new DemoPorts(
                        FreePort.orAny(port),
                        FreePort.orAny(port + 1),
                        FreePort.orAny(port + 2),
                        FreePort.orAny(port + 3));
    }

    /** The classifier's page. */
    URI page() {
        return URI.create("http://localhost:" + classifier + "/");
    }
}
