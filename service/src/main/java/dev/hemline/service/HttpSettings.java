package dev.hemline.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an app serves its metrics and health, and to whom.
 *
 * @param host address to bind to
 * @param port 0 for any free one
 * @param token that all but health is for; empty for everybody who reaches the port
 * @param key for HTTPS; empty for HTTP
 * @param allowedHosts names by which it may be asked for beside its own; {@code *} for any
 * @param peers the only addresses at which other instances are asked; empty for any that a token can be sent to
 */
public record HttpSettings(
        String host,
        int port,
        Optional<HttpToken> token,
        Optional<HttpsKey> key,
        List<String> allowedHosts,
        List<String> peers) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\*");
    private static final Pattern PEER = Pattern.compile("[A-Za-z0-9._*-]+(:(\\d{1,5}|\\*))?");
    private static final Pattern LOOPBACK =
            Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    public HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException("--http-host is empty; localhost keeps it on this machine");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--http-port is 0 to 65535, not " + port);
        }
        allowedHosts = List.copyOf(allowedHosts);
        peers = List.copyOf(peers);
        require(
                NAME,
                allowedHosts,
                "--http-allowed-hosts takes names without port, such as classifier-1.example, or *");
        require(PEER, peers, "--http-peers takes HOST or HOST:PORT, such as classifier-*.example:9401");
    }

    private static void require(Pattern form, List<String> texts, String sentence) {
        for (String text : texts) {
            if (!form.matcher(text).matches()) {
                throw new IllegalArgumentException(sentence + ", not '" + text + "'");
            }
        }
    }

    /** To be asked for by this machine's names, asking any instance. */
    public HttpSettings(String host, int port, Optional<HttpToken> token, Optional<HttpsKey> key) {
        this(host, port, token, key, List.of(), List.of());
    }

    /** HTTP, for everybody who reaches the port. */
    public HttpSettings(String host, int port) {
        this(host, port, Optional.empty(), Optional.empty());
    }

    /** The same, and to be asked for by one more name or address. */
    public HttpSettings knownAs(String name) {
        List<String> names =
                Stream.concat(allowedHosts.stream(), Stream.of(name)).toList();
        return new HttpSettings(host, port, token, key, names, peers);
    }

    /** {@code http} or {@code https}. */
    public String scheme() {
        return key.isPresent() ? "https" : "http";
    }

    /**
     * The name by which others can ask for it.
     *
     * @throws UnknownHostException if it listens on every address, and this machine does not know its name
     */
    public String reachableName() throws UnknownHostException {
        return EVERY_ADDRESS.contains(host) ? InetAddress.getLocalHost().getHostName() : host;
    }

    /** Whether only this machine reaches it. */
    boolean isLocal() {
        return isLoopback(host);
    }

    static boolean isLoopback(String nameOrAddress) {
        return LOOPBACK.matcher(nameOrAddress).matches();
    }

    /** Whether a name or address is this machine's own, as it knows without asking anybody. */
    boolean isThisMachine(String name) {
        return isLoopback(name) || name.equalsIgnoreCase(host) || (!isLocal() && name.equalsIgnoreCase(machineName()));
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
