package dev.hemline.service;

import java.util.Optional;

/**
 * Where an app serves its metrics and health, and to whom.
 *
 * @param host address to bind to
 * @param port 0 for any free one
 * @param token that all but health is for; empty for everybody who reaches the port
 * @param key for HTTPS; empty for HTTP
 */
public record HttpSettings(String host, int port, Optional<HttpToken> token, Optional<HttpsKey> key) {
    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("--http-host is empty; localhost keeps it on this machine");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--http-port is 0 to 65535, not " + port);
        }
    }

    /** HTTP, for everybody who reaches the port. */
    public HttpSettings(String host, int port) {
        this(host, port, Optional.empty(), Optional.empty());
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return key.isPresent() ? "https" : "http";
    }
}
