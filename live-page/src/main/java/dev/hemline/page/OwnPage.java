package dev.hemline.page;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of our own page from those that another site's page makes in the same browser. A server on this machine only
 * is asked for by this machine's names; another name that leads here is a trick (DNS rebinding).
 */
record OwnPage(String boundTo) {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    /** @param host the request's header {@code Host} */
    boolean isAskedFor(@Nullable String host) {
        if (host == null) {
            return false;
        }
        Matcher form = HOST.matcher(host);
        return form.matches() && (!THIS_MACHINE.contains(boundTo) || THIS_MACHINE.contains(form.group(1)));
    }

    /** @param origin the request's header {@code Origin}, which browsers set and pages cannot */
    boolean sent(@Nullable String origin, @Nullable String host) {
        return isAskedFor(host) && (("http://" + host).equals(origin) || ("https://" + host).equals(origin));
    }
}
