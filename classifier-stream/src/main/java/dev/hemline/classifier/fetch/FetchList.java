package dev.hemline.classifier.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.topic.EventChecks;
import dev.hemline.topic.NotFetchedException;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where pictures may be fetched from, as an operator lists it: addresses that what is fetched begins with, and machines of one's
 * own that names among them may stand for. Who sends an event chooses an address; everything that two programs could
 * understand differently about one is refused.
 *
 * @param prefixes each ends with {@code /}
 * @param networks addresses that are not everybody's, and may be connected to all the same
 */
public record FetchList(List<Prefix> prefixes, List<Network> networks) {
    private static final Set<String> SCHEMES = Set.of("https", "http", "file");
    private static final int HIGHEST_PORT = 65_535;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int MOST_DECODINGS = 4;
    private static final int HEX = 16;
    /** Of an address, in a message. */
    private static final int MAX_SHOWN = 300;
    /** Programs take {@code 2130706433} and {@code 0x7f.1} for addresses of the old kind. */
    private static final Pattern LIKE_A_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9A-Fa-f]*)\\.?");

    /**
     * What an address has to begin with.
     *
     * @param host as it is written, in small letters; empty for files
     * @param path not decoded
     */
    record Prefix(String scheme, String host, int port, String path) {
        /** Whose pictures these are, for people. */
        String store() {
            boolean usual = port < 0 || port == usualPort(scheme);
            return scheme + "://" + host + (usual ? "" : ":" + port);
        }

        private boolean covers(Prefix place) {
            return scheme.equals(place.scheme)
                    && host.equals(place.host)
                    && port == place.port
                    && place.path.startsWith(path);
        }
    }

    /** An address that may be fetched, and why. */
    record Place(URI uri, Prefix prefix) {
        /** Without what follows a question mark: that may be a signature, which is as good as a password. */
        String shown() {
            return FetchList.shown(uri.toString());
        }
    }

    public FetchList {
        prefixes = List.copyOf(prefixes);
        networks = List.copyOf(networks);
    }

    /**
     * Reads a list of {@code --fetch-from}.
     *
     * @throws IllegalArgumentException naming what cannot be listed
     */
    public static FetchList parse(List<String> listed) {
        List<Prefix> prefixes = new ArrayList<>();
        List<Network> networks = new ArrayList<>();
        for (String one : listed) {
            Optional<Network> network = Network.parse(one.strip());
            network.ifPresentOrElse(networks::add, () -> prefixes.add(prefix(one.strip())));
        }
        if (prefixes.isEmpty() && !networks.isEmpty()) {
            throw new IllegalArgumentException(
                    "--fetch-from lists machines and no address, such as https://a.example/b/");
        }
        return new FetchList(prefixes, networks);
    }

    private static Prefix prefix(String text) {
        try {
            URI uri = address(text);
            Prefix prefix = parts(uri);
            if (uri.getRawQuery() != null || !uri.getRawPath().endsWith("/")) {
                throw new IllegalArgumentException("it ends with / and has no ?");
            }
            return prefix;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--fetch-from lists addresses such as https://a.example/b/ or file:///data/, and machines such as"
                            + " 10.0.0.0/8; not '" + shown(text) + "': " + e.getMessage(),
                    e);
        }
    }

    /**
     * Where a sender's address leads, if it may be fetched.
     *
     * @throws NotFetchedException if it may not; the message says what to change
     */
    Place find(String text) {
        if (prefixes.isEmpty()) {
            throw refused(
                    text,
                    "nothing is fetched here; start the classifier with --fetch-from, or send the picture itself");
        }
        try {
            URI uri = address(text);
            Prefix parts = parts(uri);
            return prefixes.stream()
                    .filter(prefix -> prefix.covers(parts))
                    .findFirst()
                    .map(prefix -> new Place(uri, prefix))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "it is not under what may be fetched; put the picture there, or have the classifiers' --fetch-from"
                                    + " list its address"));
        } catch (IllegalArgumentException e) {
            throw refused(text, String.valueOf(e.getMessage()));
        }
    }

    /** Whether what a name stands for may be connected to; names on the list are not all their owners' to keep. */
    boolean mayConnect(InetAddress address) {
        return Network.isPublic(address) || networks.stream().anyMatch(network -> network.contains(address));
    }

    static NotFetchedException refused(String address, String why) {
        return new NotFetchedException("Its picture at " + shown(address) + " was not fetched: " + why);
    }

    /** Of an address, what anybody may read. */
    static String shown(String address) {
        String place = address.split("[?#]", 2)[0];
        int authority = place.indexOf("//") + 2;
        int user = place.lastIndexOf('@');
        String shown =
                authority > 1 && user >= authority ? place.substring(0, authority) + place.substring(user + 1) : place;
        String printable = shown.replaceAll("[^!-~]", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "...";
    }

    private static URI address(String text) {
        require(
                text.length() <= EventChecks.MAX_URL_CHARS,
                "it is longer than " + EventChecks.MAX_URL_CHARS + " characters");
        require(
                text.chars().allMatch(c -> c > ' ' && c <= '~'),
                "it holds characters that are not ASCII's; percent-encode them");
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is no address: " + e.getReason(), e);
        }
        String scheme = lower(uri.getScheme());
        require(!scheme.equals("s3"), "s3 addresses are not read; send an https address that is public or presigned");
        require(SCHEMES.contains(scheme), "it begins with none of https://, http:// and file:///");
        require(uri.getRawFragment() == null, "it has a #; leave it out");
        requirePlain(uri.getRawPath() == null ? "" : uri.getRawPath());
        if (scheme.equals("file")) {
            require(
                    uri.getRawAuthority() == null && uri.getRawQuery() == null && uri.getRawPath() != null,
                    "a file is file:///folder/name, without a machine and without ?");
        } else {
            require(uri.getRawAuthority() != null, "it names no machine");
            require(uri.getRawAuthority().indexOf('@') < 0, "it names a user; leave it out");
            requireHost(lower(uri.getHost()));
            require(uri.getPort() != 0 && uri.getPort() <= HIGHEST_PORT, "its port is none");
        }
        return uri;
    }

    private static void requireHost(String host) {
        require(!host.isEmpty() && host.indexOf('%') < 0, "it names no machine");
        require(
                !LIKE_A_NUMBER.matcher(host).matches() || Network.literal(host).isPresent(),
                "its machine is a number that is no address; write it as four of 0 to 255");
    }

    /** No path that leads elsewhere for whoever decodes it once more, or takes other characters for separators. */
    private static void requirePlain(String rawPath) {
        String path = rawPath;
        for (int i = 0; i < MOST_DECODINGS; i++) {
            for (String segment : path.split("[/\\\\]", -1)) {
                String name = segment.split(";", 2)[0];
                require(!name.equals(".") && !name.equals(".."), "its path has . or .. in it; write where it leads");
            }
            require(path.chars().noneMatch(Character::isISOControl), "its path has control characters");
            String decoded = decoded(path);
            if (decoded.equals(path)) {
                return;
            }
            path = decoded;
        }
        throw new IllegalArgumentException("its path is encoded again and again; encode it once");
    }

    private static String decoded(String path) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < path.length(); i++) {
            int high = path.charAt(i) == '%' && i + 2 < path.length() ? Character.digit(path.charAt(i + 1), HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(path.charAt(i + 2), HEX);
            if (low < 0) {
                bytes.writeBytes(path.substring(i, i + 1).getBytes(UTF_8));
            } else {
                bytes.write(high * HEX + low);
                i += 2;
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("its path is not UTF-8", e);
        }
    }

    private static Prefix parts(URI uri) {
        String scheme = lower(uri.getScheme());
        String path = uri.getRawPath();
        return new Prefix(
                scheme,
                lower(uri.getHost()),
                uri.getPort() < 0 ? usualPort(scheme) : uri.getPort(),
                path.isEmpty() ? "/" : path);
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "https" -> HTTPS_PORT;
            case "http" -> HTTP_PORT;
            default -> -1;
        };
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static void require(boolean right, String wrong) {
        if (!right) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
