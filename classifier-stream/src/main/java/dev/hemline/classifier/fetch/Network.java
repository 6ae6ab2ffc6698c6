package dev.hemline.classifier.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A range of addresses, as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param first an address of it
 * @param bits that all of it have in common with that, from the first on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Network(byte[] first, int bits) {
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int BYTE = 0xFF;

    /**
     * Machines of one's own, of one's network, of nobody, and of many at once.
     *
     * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's registry of special addresses</a>
     */
    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    // Teredo and 6to4, which hold an address of the old kind, and what is for documents.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Network::parse)
            .flatMap(Optional::stream)
            .toList();

    /** Of the new kind, all that is given to anybody so far. */
    private static final Network GLOBAL = parse("2000::/3").orElseThrow();

    /** For networks without addresses of the old kind: the last four bytes are one. */
    private static final Network TRANSLATED = parse("64:ff9b::/96").orElseThrow();

    private static final int OLD_BYTES = 4;

    /** Empty for what is no address, and for addresses that only some programs take for one, such as {@code 127.1}. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int all = address.get().length * Byte.SIZE;
        if (slash < 0) {
            return Optional.of(new Network(address.get(), all));
        }
        String bits = text.substring(slash + 1);
        return bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= all
                ? Optional.of(new Network(address.get(), Integer.parseInt(bits)))
                : Optional.empty();
    }

    /** Of an address that is written out; of the new kind with or without brackets. */
    static Optional<byte[]> literal(String host) {
        String text = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        var dotted = DOTTED.matcher(text);
        boolean isDotted = dotted.matches() && Stream.of(1, 2, 3, 4).allMatch(group -> isByte(dotted.group(group)));
        if (!isDotted && !COLONS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // Nothing is looked up. What holds an address of the old kind as ::ffff:127.0.0.1 does, Java takes for
            // that.
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A leading zero is octal to some. */
    private static boolean isByte(String digits) {
        return Integer.parseInt(digits) <= BYTE && (digits.length() == 1 || digits.charAt(0) != '0');
    }

    private boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /** Whether it may be one that everybody reaches, and not one's own machine or network. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] meant =
                TRANSLATED.contains(bytes) ? Arrays.copyOfRange(bytes, bytes.length - OLD_BYTES, bytes.length) : bytes;
        return (meant.length == OLD_BYTES || GLOBAL.contains(meant))
                && SPECIAL.stream().noneMatch(network -> network.contains(meant));
    }
}
