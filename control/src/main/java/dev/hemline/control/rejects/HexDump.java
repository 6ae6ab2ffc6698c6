package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The first bytes of something, sixteen a line, as numbers and as text. */
final class HexDump {
    /** How many bytes are shown. */
    static final int SHOWN = 256;

    private static final int LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    static List<String> lines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        int shown = Math.min(SHOWN, bytes.length);
        for (int from = 0; from < shown; from += LINE) {
            int to = Math.min(shown, from + LINE);
            String text = new String(bytes, from, to - from, ISO_8859_1).replaceAll("[^ -~]", ".");
            lines.add(String.format(Locale.ROOT, "%08x  %-47s  %s", from, HEX.formatHex(bytes, from, to), text));
        }
        return lines;
    }
}
