package dev.hemline.service;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who gets in: who asks for this server by a name of its own, not for another site's page, and with the token if there is one.
 *
 * <p>A page in somebody's browser reaches what its reader reaches. By a name that its owner points here (DNS rebinding) it
 * could read the answers; browsers then send that name as {@code Host}. An address in figures cannot be pointed elsewhere, so
 * all of them get in, and with them whoever looks for instances and asks each by its address: Kubernetes' probes, Prometheus.
 */
final class HttpGate implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(HttpGate.class);

    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";
    private static final Set<String> HEALTH = Set.of(LIVE, READY);

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+?\\.?|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[.*]");

    private final HttpSettings http;
    private final Counter foreignHosts;
    private final Counter foreignSites;
    private final Counter withoutToken;
    private final LogThrottle line = new LogThrottle();

    HttpGate(HttpSettings http, MeterRegistry registry) {
        this.http = http;
        foreignHosts = refused(registry, "host");
        foreignSites = refused(registry, "site");
        withoutToken = refused(registry, "token");
    }

    static Counter refused(MeterRegistry registry, String reason) {
        return Counter.builder("hemline.http.refused")
                .description("requests and connections that were turned away")
                .tag("reason", reason)
                .register(registry);
    }

    @Override
    public void handle(Context context) {
        String host = context.header(Header.HOST);
        if (host != null && !isOurs(host)) {
            String known = name(host);
            String sentence = known == null
                    ? "This is no Host"
                    : "This server does not go by the name " + known + "; start it with --http-allowed-hosts " + known
                            + " if it should, or ask for it by its address";
            // What is asked for is a stranger's text and always another one: one line a minute, whatever it says.
            if (line.isDue("Host")) {
                LOG.warn("Refused a request from {}: {}", context.ip(), sentence);
            }
            foreignHosts.increment();
            refuse(context, HttpStatus.MISDIRECTED_REQUEST, sentence);
        } else if (isOfAnotherSite(context, host)) {
            foreignSites.increment();
            refuse(context, HttpStatus.FORBIDDEN, "Pages of other sites may link to this one, and no more");
        } else if (!HEALTH.contains(context.path()) && http.token().isPresent() && !showsToken(context)) {
            withoutToken.increment();
            // Browsers ask for a password when they see Basic; two challenges in one header confuse some.
            context.header(Header.WWW_AUTHENTICATE, "Basic realm=\"Hemline, any name, the token as password\"")
                    .header(Header.CACHE_CONTROL, "no-store");
            refuse(
                    context,
                    HttpStatus.UNAUTHORIZED,
                    "This needs the token, as 'Authorization: Bearer TOKEN' or as a password");
        }
    }

    private static void refuse(Context context, HttpStatus status, String sentence) {
        context.status(status).contentType("text/plain; charset=utf-8").result(sentence + "\n");
        context.skipRemainingHandlers();
    }

    /** Without its port, in lower case; null if there is none that makes sense. */
    private static @Nullable String name(String host) {
        Matcher form = HOST.matcher(host);
        if (!form.matches() || host.length() > 300) {
            return null;
        }
        String name = form.group(1).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** @param host the request's header; programs that send none are no browsers */
    boolean isOurs(String host) {
        String name = name(host);
        return name != null
                && (ADDRESS.matcher(name).matches()
                        || http.allowedHosts().contains("*")
                        || http.allowedHosts().stream().anyMatch(name::equalsIgnoreCase)
                        || http.isThisMachine(name));
    }

    /** By headers that browsers set and pages cannot; they send the second one only by HTTPS or to this machine. */
    private static boolean isOfAnotherSite(Context context, @Nullable String host) {
        String origin = context.header(Header.ORIGIN);
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            return true;
        }
        String site = context.header("Sec-Fetch-Site");
        boolean followsLink = "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"));
        return site != null && !site.equals("same-origin") && !site.equals("none") && !followsLink;
    }

    private boolean showsToken(Context context) {
        return http.token()
                .filter(token -> token.isShownBy(context.header(Header.AUTHORIZATION)))
                .isPresent();
    }

    /** Whether somebody may know more than strangers: with the token, or from this machine and not through a proxy on it. */
    boolean isTrusted(Context context) {
        boolean forwarded = context.header("Forwarded") != null || context.header("X-Forwarded-For") != null;
        return showsToken(context) || (!forwarded && HttpSettings.isLoopback(context.ip()));
    }
}
