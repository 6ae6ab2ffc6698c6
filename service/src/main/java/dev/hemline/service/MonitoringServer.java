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
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for whoever looks after the app. */
public final class MonitoringServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitoringServer.class);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";
    private static final Set<String> HEALTH = Set.of(LIVE, READY);
    private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

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
            http.token().ifPresent(token -> config.routes.before(context -> admit(context, token)));
            http.key().ifPresent(key -> config.jetty.addConnector((jetty, plain) -> https(jetty, plain, http, key)));
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
        LOG.info(
                "Metrics on {}://{}:{}/metrics, readiness on /health/ready", http.scheme(), http.host(), server.port());
        if (http.token().isEmpty() && !isThisMachine(http.host())) {
            LOG.warn("Whoever reaches {}:{} may look; --http-token-file asks for a token", http.host(), server.port());
        }
        return new MonitoringServer(server);
    }

    private static boolean isThisMachine(String host) {
        return LOOPBACK.contains(host) || host.startsWith("127.");
    }

    /** Probes have no token, and are told no more than that it is alive and ready, or why not. */
    private static void admit(Context context, HttpToken token) {
        if (HEALTH.contains(context.path()) || token.isShownBy(context.header(Header.AUTHORIZATION))) {
            return;
        }
        // Browsers ask for a password when they see Basic; two challenges in one header confuse some.
        context.status(HttpStatus.UNAUTHORIZED)
                .header(Header.WWW_AUTHENTICATE, "Basic realm=\"Hemline, any name, the token as password\"")
                .header(Header.CACHE_CONTROL, "no-store")
                .result("This needs the token, as 'Authorization: Bearer TOKEN' or as a password\n");
        context.skipRemainingHandlers();
    }

    private static Connector https(Server jetty, HttpConfiguration plain, HttpSettings http, HttpsKey key) {
        var configuration = new HttpConfiguration(plain);
        // Probes and instances may use an address that is not in the certificate; it is they who check that.
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        var connector = new ServerConnector(
                jetty,
                new SslConnectionFactory(key.forServer(), HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(configuration));
        connector.setHost(http.host());
        connector.setPort(http.port());
        return connector;
    }

    private static void routes(JavalinConfig config, PrometheusMeterRegistry registry, Readiness readiness) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.routes.get("/metrics", context -> scrape(context, registry));
        config.routes.get(LIVE, context -> context.result("alive\n"));
        config.routes.get(READY, context -> ready(context, readiness));
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
