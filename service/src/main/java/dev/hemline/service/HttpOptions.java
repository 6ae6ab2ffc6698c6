package dev.hemline.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of every command that serves metrics. Use as a picocli {@code @Mixin}. */
public final class HttpOptions {
    private static final String TOKEN = "HEMLINE_HTTP_TOKEN";
    private static final String PASSWORD = "HEMLINE_HTTP_KEYSTORE_PASSWORD";

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

    @Option(
            names = "--http-token-file",
            paramLabel = "FILE",
            description =
                    "A file with one word that callers have to show for all but /health: as a bearer token, or in a"
                            + " browser as the password. " + TOKEN
                            + " may hold the word itself. Default: nobody is asked")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--http-keystore",
            paramLabel = "FILE",
            description = "Serve HTTPS with the key and certificate in this PKCS12 file. Default: HTTP")
    @Nullable
    Path keyStore;

    @Option(
            names = "--http-keystore-password-file",
            paramLabel = "FILE",
            description = "A file with its password; " + PASSWORD + " may hold the password itself.")
    @Nullable
    Path keyStorePasswordFile;

    @Option(
            names = "--http-allowed-hosts",
            paramLabel = "HOST",
            split = ",",
            description =
                    "Names, without port and separated by commas, by which the program may be asked for beside localhost, its"
                            + " own name and any address, for instance the name of a service or a proxy; * for any. A"
                            + " request with another Host is refused, for a stranger's page in somebody's browser makes"
                            + " such. Default: no others")
    List<String> allowedHosts = List.of();

    @Option(
            names = "--http-peers",
            paramLabel = "HOST[:PORT]",
            split = ",",
            description =
                    "The only addresses at which other instances are asked for their scores, separated by commas; * stands"
                            + " for anything within one part of a name, as in classifier-*.example. Default: any; but with"
                            + " a token and without HTTPS only those on this machine")
    List<String> peers = List.of();

    /**
     * What they say.
     *
     * @throws UserError if a file cannot be read
     * @throws IllegalArgumentException naming a value that cannot be, or a flag that is of no use
     */
    public HttpSettings settings() {
        return settings(System.getenv());
    }

    /** A file is stronger than the environment. */
    HttpSettings settings(Map<String, String> environment) {
        return new HttpSettings(
                host,
                port,
                secret(tokenFile, "--http-token-file", environment.get(TOKEN)).map(HttpToken::new),
                key(environment),
                allowedHosts,
                peers);
    }

    private Optional<HttpsKey> key(Map<String, String> environment) {
        if (keyStore == null) {
            if (keyStorePasswordFile != null) {
                throw new IllegalArgumentException(
                        "--http-keystore-password-file is of no use without --http-keystore FILE");
            }
            return Optional.empty();
        }
        Supplier<String> password = secret(
                        keyStorePasswordFile, "--http-keystore-password-file", environment.get(PASSWORD))
                .orElseThrow(() -> new UserError("--http-keystore " + keyStore + " needs its password, in "
                        + "--http-keystore-password-file FILE or " + PASSWORD));
        return Optional.of(new HttpsKey(keyStore, password));
    }

    /** Where a secret stands, to be read again and again: in a file that a flag names, or in the environment. */
    static Optional<Supplier<String>> secret(@Nullable Path file, String flag, @Nullable String otherwise) {
        if (file == null) {
            return Optional.ofNullable(otherwise).map(text -> () -> text);
        }
        return Optional.of(() -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UserError("Cannot read " + flag + " " + file + ": " + e, e);
            }
        });
    }
}
