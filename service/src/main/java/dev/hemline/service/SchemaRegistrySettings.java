package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Where a schema registry is, and what it is shown.
 *
 * @param url under which {@code /schemas/ids/7} is
 * @param credentials {@code user:password}, or a token; where they stand, to be read again and again
 * @param trust whose certificates are trusted; empty for those that Java trusts
 */
public record SchemaRegistrySettings(URI url, Optional<Supplier<String>> credentials, Optional<SSLContext> trust) {
    public SchemaRegistrySettings {
        String scheme = url.getScheme();
        if ((!"http".equals(scheme) && !"https".equals(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException("--schema-registry is one address, such as https://registry:8081");
        }
        if (url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "--schema-registry takes no user, no '?' and no '#' in its address; user and"
                            + " password stand in --schema-registry-auth-file FILE");
        }
    }

    URI resolve(String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }

    /** The header {@code Authorization}. No token has a colon in it, and no user is without a password. */
    Optional<String> authorization() {
        return credentials
                .map(Supplier::get)
                .map(text -> text.contains(":")
                        ? "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8))
                        : "Bearer " + text);
    }

    @Override
    public String toString() {
        return "SchemaRegistrySettings[" + url + "]";
    }
}
