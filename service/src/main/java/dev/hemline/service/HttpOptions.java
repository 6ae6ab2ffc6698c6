package dev.hemline.service;

import picocli.CommandLine.Option;

/** The flags of every command that serves metrics. Use as a picocli {@code @Mixin}. */
public final class HttpOptions {
    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description =
                    "Address for /metrics, /health and what else the program serves over HTTP; 0.0.0.0 opens them to the"
                            + " network. Default: ${DEFAULT-VALUE}")
    String host = "localhost";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port for /metrics and /health, 0 for any free one (it is logged). Default: ${DEFAULT-VALUE}")
    int port;

    public HttpSettings settings() {
        return new HttpSettings(host, port);
    }
}
