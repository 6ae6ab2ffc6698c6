package dev.hemline.quickstart.demo;

import dev.hemline.service.UserError;
import dev.hemline.testbed.broker.FreePort;
import java.net.URI;
import java.util.OptionalInt;

/**
 * Where the parts of a demo answer.
 *
 * @param broker Kafka clients
 * @param classifier its page, metrics and health
 * @param trainer its metrics and health
 * @param challenger likewise, where there is one
 */
record DemoPorts(int broker, int classifier, int trainer, OptionalInt challenger) {
    /**
     * The given port and those after it, or any for 0.
     *
     * @param challenged whether there is a challenger, which needs one more
     * @throws UserError if one of them is taken
     */
    static DemoPorts from(int port, boolean challenged) {
        return new DemoPorts(
                port(port, 0),
                port(port, 1),
                port(port, 2),
                challenged ? OptionalInt.of(port(port, 3)) : OptionalInt.empty());
    }

    private static int port(int first, int place) {
        return first == 0 ? FreePort.any() : FreePort.orAny(first + place);
    }

    /** The classifier's page. */
    URI page() {
        return URI.create("http://localhost:" + classifier + "/");
    }
}
