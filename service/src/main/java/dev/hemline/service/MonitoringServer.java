package dev.hemline.service;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinLogger;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for whoever looks after the app. */
public final class MonitoringServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitoringServer.class);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Javalin server;

    private MonitoringServer(Javalin server) {
        this.server = server;
    }

    /** @throws UserError if the port is taken */
    public static MonitoringServer start(HttpSettings http, PrometheusMeterRegistry registry, Readiness readiness) {
        return start(http, registry, readiness, config -> {});
    }

    /**
     * Serves what an app has to tell beyond metrics and health, too.
     *
     * @param more adds the app's own routes
     * @throws UserError if the port is taken
     */
    public static MonitoringServer start(
            HttpSettings http, PrometheusMeterRegistry registry, Readiness readiness, Consumer<JavalinConfig> more) {
        Javalin server = Javalin.create(config -> {
            routes(config, registry, readiness);
            more.accept(config);
        });
        // Javalin would log a stack trace of its own before throwing.
        JavalinLogger.enabled = false;
        try {
            server.start(http.host(), http.port());
        } catch (JavalinBindException e) {
            throw new UserError(
                    "Port " + http.port() + " on " + http.host() + " is taken or not ours to use;"
                            + " choose another with --http-port, or 0 for any free one",
                    e);
        } finally {
            JavalinLogger.enabled = true;
        }
        LOG.info("Metrics on http://{}:{}/metrics, readiness on /health/ready", http.host(), server.port());
        return new MonitoringServer(server);
    }

    private static void routes(JavalinConfig config, PrometheusMeterRegistry registry, Readiness readiness) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.routes.get("/metrics", context -> scrape(context, registry));
        config.routes.get("/health/live", context -> context.result("alive\n"));
        config.routes.get("/health/ready", context -> ready(context, readiness));
    }

    private static void scrape(Context context, PrometheusMeterRegistry registry) {
        String accepted = context.header(Header.ACCEPT);
        boolean openMetrics = accepted != null && accepted.contains("application/openmetrics-text");
        String contentType =
                openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : PROMETHEUS_TEXT;
        context.contentType(contentType).result(registry.scrape(contentType));
    }

    private static void ready(Context context, Readiness readiness) {
        Optional<String> reason = readiness.reasonNotReady();
        context.status(reason.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(reason.map(why -> "not ready: " + why).orElse("ready") + "\n");
    }

    /** The port it really listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
