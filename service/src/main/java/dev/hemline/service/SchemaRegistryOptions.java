package dev.hemline.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a command that reads events whose schemas are in a registry. Use as a picocli {@code @Mixin}. */
public final class SchemaRegistryOptions {
    private static final String AUTH = "HEMLINE_SCHEMA_REGISTRY_AUTH";

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description =
                    "Read events in Confluent's wire format (00 and a 4-byte id) too, with schemas from this registry. While"
                            + " it is away, events wait whose schema is not known yet. Default: such events are"
                            + " refused")
    @Nullable
    URI url;

    @Option(
            names = "--schema-registry-auth-file",
            paramLabel = "FILE",
            description = "A file with user:password or a token (bearer), as the registry asks for it. " + AUTH
                    + " may hold the same itself.")
    @Nullable
    Path authFile;

    @Option(
            names = "--schema-registry-ca",
            paramLabel = "FILE",
            description = "Certificates in PEM that sign the registry's own. Default: those that Java trusts")
    @Nullable
    Path ca;

    /**
     * The registry, if there is one; one that nobody asks else.
     *
     * @throws UserError if a file cannot be read
     * @throws IllegalArgumentException if the address is none, or a flag of no use
     */
    public SchemaRegistry open(MeterRegistry metrics) {
        return new SchemaRegistry(settings(System.getenv()), metrics);
    }

    Optional<SchemaRegistrySettings> settings(Map<String, String> environment) {
        if (url == null) {
            if (authFile != null || ca != null) {
                throw new IllegalArgumentException((ca == null ? "--schema-registry-auth-file" : "--schema-registry-ca")
                        + " is of no use without --schema-registry URL");
            }
            return Optional.empty();
        }
        Optional<Supplier<String>> credentials =
                HttpOptions.secret(authFile, "--schema-registry-auth-file", environment.get(AUTH));
        credentials
                .map(Supplier::get)
                .filter(text -> text.isBlank() || text.contains("\n"))
                .ifPresent(text -> {
                    throw new UserError("What --schema-registry-auth-file or " + AUTH
                            + " holds is one line: user:password, or a token");
                });
        return Optional.of(new SchemaRegistrySettings(
                url,
                credentials,
                Optional.ofNullable(ca).map(file -> TrustedCertificates.in(file, "--schema-registry-ca"))));
    }
}
