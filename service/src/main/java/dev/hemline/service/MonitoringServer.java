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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for whoever looks after the app. */
public final class MonitoringServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MonitoringServer.class);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final long UPKEEP_SECONDS = 2;

    private final Javalin server;
    private final ScheduledExecutorService upkeep;

    private MonitoringServer(Javalin server, ScheduledExecutorService upkeep) {
        this.server = server;
        this.upkeep = upkeep;
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
        var gate = new HttpGate(http, registry);
        var connections = new Connections(registry, System::nanoTime);
        Optional<SslContextFactory.Server> tls = http.key().map(HttpsKey::forServer);
        Javalin server = Javalin.create(config -> {
            config.jetty.addConnector((jetty, plain) -> connector(jetty, plain, http, tls, connections));
            config.routes.before(gate);
            routes(config, registry, readiness, gate);
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
        if (http.token().isEmpty() && !http.isLocal()) {
            LOG.warn("Whoever reaches {}:{} may look; --http-token-file asks for a token", http.host(), server.port());
        }
        ScheduledExecutorService upkeep = DaemonThreads.scheduled("http-upkeep");
        var unused = upkeep.scheduleWithFixedDelay(
                () -> lookAfter(http, tls, connections, server.jettyServer().server()),
                UPKEEP_SECONDS,
                UPKEEP_SECONDS,
                TimeUnit.SECONDS);
        return new MonitoringServer(server, upkeep);
    }

    /** Secrets and certificates are renewed while apps run, and connections are left behind. */
    private static void lookAfter(
            HttpSettings http, Optional<SslContextFactory.Server> tls, Connections connections, Server jetty) {
        for (Connector connector : jetty.getConnectors()) {
            connections.closeIdle(connector);
        }
        http.token().ifPresent(HttpToken::look);
        http.key().ifPresent(key -> key.look(tls.orElseThrow()));
    }

    private static ServerConnector connector(
            Server jetty,
            HttpConfiguration plain,
            HttpSettings http,
            Optional<SslContextFactory.Server> tls,
            Connections connections) {
        var configuration = new HttpConfiguration(plain);
        configuration.addCustomizer(connections);
        // Probes and instances may use an address that is not in the certificate; it is they who check that.
        tls.ifPresent(factory -> configuration.addCustomizer(new SecureRequestCustomizer(false)));
        var requests = new HttpConnectionFactory(configuration);
        var connector = tls.map(factory -> new ServerConnector(
                        jetty, new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString()), requests))
                .orElseGet(() -> new ServerConnector(jetty, requests));
        connector.addBean(connections);
        connector.setHost(http.host());
        connector.setPort(http.port());
        return connector;
    }

    private static void routes(
            JavalinConfig config, PrometheusMeterRegistry registry, Readiness readiness, HttpGate gate) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.routes.get("/metrics", context -> scrape(context, registry));
        config.routes.get(HttpGate.LIVE, context -> context.result("alive\n"));
        config.routes.get(HttpGate.READY, context -> ready(context, readiness, gate));
    }

    private static void scrape(Context context, PrometheusMeterRegistry registry) {
        String accepted = context.header(Header.ACCEPT);
        boolean openMetrics = accepted != null && accepted.contains("application/openmetrics-text");
        String contentType =
                openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : PROMETHEUS_TEXT;
        context.contentType(contentType).result(registry.scrape(contentType));
    }

    /** Reasons name brokers' addresses, which are not for everybody who may probe. */
    private static void ready(Context context, Readiness readiness, HttpGate gate) {
        Optional<String> reason = readiness.reasonNotReady();
        boolean trusted = gate.isTrusted(context);
        String answer = reason.isPresent()
                ? "not ready: "
                        + (trusted
                                ? reason.get()
                                : "the log says why, and so does this with the token or asked from this machine")
                : "ready"
                        + readiness
                                .remark()
                                .filter(what -> trusted)
                                .map(what -> "; but " + what)
                                .orElse("");
        context.status(reason.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .result(answer + "\n");
    }

    /** The port it really listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        upkeep.shutdownNow();
        server.stop();
    }
}
