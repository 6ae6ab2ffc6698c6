package dev.hemline.control.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A text file with one class name a line, as people's editors write it. */
final class LabelFile {
    /** Twenty thousand classes of fifty characters; a manifest has no room for more. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Pattern NUMBERED = Pattern.compile("\\s*\"?\\d+\"?\\s*[,;\t].*");

    private LabelFile() {}

    /**
     * The lines without spaces around them; blank ones at the end are left out.
     *
     * @throws UserError if it cannot be read, or is no such file
     */
    static List<String> read(Path file) {
        String text = text(file);
        if (text.startsWith("[") || text.startsWith("{")) {
            throw wrong(
                    file,
                    "is JSON; a list becomes lines by: python3 -c 'import json, sys; print(*json.load(sys.stdin),"
                            + " sep=\"\\n\")' < FILE.json > labels.txt");
        }
        List<String> lines = text.lines().map(String::strip).toList();
        if (lines.isEmpty()) {
            throw wrong(file, "is empty; it has one class name a line");
        }
        if (lines.size() > 1
                && lines.stream()
                        .skip(1)
                        .allMatch(line -> NUMBERED.matcher(line).matches())) {
            throw wrong(
                    file,
                    "is a table; names alone are wanted, in the order of the numbers: cut -d, -f2 FILE.csv >"
                            + " labels.txt, without a heading");
        }
        if (lines.size() == 1 && lines.get(0).contains(",")) {
            throw wrong(file, "has one line with commas; it has one class name a line: tr , '\\n' < FILE > labels.txt");
        }
        return lines;
    }

    /** Without the mark that some editors put before UTF-8, and without what is blank at the end. */
    private static String text(Path file) {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file)) {
            bytes = content.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UserError("Cannot read --labels " + file + ": " + e, e);
        }
        if (bytes.length > MOST_BYTES) {
            throw wrong(file, "has more than " + MOST_BYTES + " bytes, and is no list of class names");
        }
        String raw = new String(bytes, ISO_8859_1);
        if (raw.startsWith("\u00ff\u00fe") || raw.startsWith("\u00fe\u00ff") || raw.indexOf('\0') >= 0) {
            throw wrong(file, "is UTF-16 or no text; save it as UTF-8: iconv -f UTF-16 -t UTF-8 FILE > labels.txt");
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return (text.startsWith("\uFEFF") ? text.substring(1) : text).stripTrailing();
        } catch (CharacterCodingException e) {
            throw wrong(
                    file,
                    "is not UTF-8" + place(bytes)
                            + "; if it came from Windows: iconv -f WINDOWS-1252 -t UTF-8 FILE > labels.txt");
        }
    }

    /** The line that is not: decoded alone, for a line break is the same byte in both. */
    private static String place(byte[] bytes) {
        List<String> lines = new String(bytes, ISO_8859_1).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (new String(line.getBytes(ISO_8859_1), UTF_8).indexOf('\uFFFD') >= 0) {
                return " in line " + (i + 1);
            }
        }
        return "";
    }

    private static UserError wrong(Path file, String what) {
        return new UserError("--labels " + file + " " + what);
    }
}
