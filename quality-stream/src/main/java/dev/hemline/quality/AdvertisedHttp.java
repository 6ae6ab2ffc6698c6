package dev.hemline.quality;

import dev.hemline.service.HttpSettings;
import dev.hemline.service.UserError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.state.HostInfo;
import org.jspecify.annotations.Nullable;

/** Where other instances find this one over HTTP. */
public final class AdvertisedHttp {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9.-]+)(?::(\\d{1,5}))?");

    private AdvertisedHttp() {}

    /**
     * What a person says, else where the server listens.
     *
     * @param flag {@code --advertised-http}
     * @param port in use
     */
    public static HostInfo of(@Nullable String flag, HttpSettings http, int port) {
        if (flag == null) {
            return new HostInfo(reachableName(http), port);
        }
        Matcher form = form(flag);
        return new HostInfo(form.group(1), form.group(2) == null ? port : Integer.parseInt(form.group(2)));
    }

    /** The name or address in what a person says. */
    static String host(String flag) {
        return form(flag).group(1);
    }

    private static Matcher form(String flag) {
        Matcher form = FORM.matcher(flag);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "--advertised-http takes host or host:port, for instance classifier-1:9401, not '" + flag
                            + "'; a name with '_' in it cannot be asked over HTTP");
        }
        return form;
    }

    private static String reachableName(HttpSettings http) {
        try {
            String name = http.reachableName();
            // No URI takes a name with '_' in it.
            return name.contains("_") ? InetAddress.getLocalHost().getHostAddress() : name;
        } catch (UnknownHostException e) {
            throw new UserError(
                    "This machine does not know its own name; say with --advertised-http where other instances find it",
                    e);
        }
    }
}
