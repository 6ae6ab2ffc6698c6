package dev.hemline.service;

/**
 * Where an app serves its metrics and health.
 *
 * @param host address to bind to
 * @param port 0 for any free one
 */
public record HttpSettings(String host, int port) {
    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("--http-host is empty; localhost keeps it on this machine");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--http-port is 0 to 65535, not " + port);
        }
    }
}
