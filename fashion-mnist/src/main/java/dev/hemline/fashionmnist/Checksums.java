package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the content of a folder's files must add up to: the official sums, or the folder's own for a stand-in. */
final class Checksums {

    /** Lists SHA-256 sums of unpacked files as {@code sha256sum *-ubyte} prints them. */
    static final String FILE_NAME = "SHA256SUMS";

    private final Map<String, String> own;

    private Checksums(Map<String, String> own) {
        this.own = own;
    }

    /**
     * The sums that hold in a folder.
     *
     * @throws DatasetException if the folder's list cannot be read
     */
    static Checksums of(Path folder) {
        Path list = folder.resolve(FILE_NAME);
        try {
            return new Checksums(Files.isRegularFile(list) ? parse(Files.readAllLines(list)) : Map.of());
        } catch (IOException e) {
            throw new DatasetException(
                    list, "cannot be read (" + e + ")", "Write it anew with sha256sum *-ubyte > " + FILE_NAME + ".");
        }
    }

    private static Map<String, String> parse(List<String> lines) {
        Map<String, String> own = new HashMap<>();
        for (String line : lines) {
            String[] sumAndName = line.strip().split("\\s+\\*?", 2);
            if (sumAndName.length == 2) {
                own.put(sumAndName[1], sumAndName[0]);
            }
        }
        return own;
    }

    /** Whether the folder has a list of its own. */
    boolean areListed() {
        return !own.isEmpty();
    }

    /** What is wrong with a file's content, or nothing. An official-size file never gets by with a sum of its own. */
    Optional<String> problemWith(DatasetFile file, IdxFile idx) {
        if (idx.count() == file.officialCount) {
            return compare(file.officialSha256, idx, "the published dataset");
        }
        if (!own.containsKey(file.plainName)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "holds %,d items instead of %,d, and no %s next to it lists it as a stand-in on purpose",
                    idx.count(),
                    file.officialCount,
                    FILE_NAME));
        }
        return problemWithListed(file, idx);
    }

    /** What is wrong with a file's content by the folder's own list alone, or nothing. */
    Optional<String> problemWithListed(DatasetFile file, IdxFile idx) {
        String expected = own.get(file.plainName);
        return expected == null
                ? Optional.of("is not listed in " + FILE_NAME + " next to it")
                : compare(expected, idx, FILE_NAME + " next to it");
    }

    private static Optional<String> compare(String expected, IdxFile idx, String where) {
        return expected.equalsIgnoreCase(idx.sha256())
                ? Optional.empty()
                : Optional.of("is altered: the SHA-256 of its content is " + idx.sha256() + ", and " + where + " has "
                        + expected);
    }
}
