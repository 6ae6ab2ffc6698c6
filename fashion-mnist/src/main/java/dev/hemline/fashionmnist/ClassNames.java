package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file beside the images that names their classes, one a line, the first for label 0. */
final class ClassNames {

    private static final List<String> FILE_NAMES = List.of("labels.txt", "classes.txt");
    private static final String REMEDY = "Write one name a line, the first for label 0";
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private ClassNames() {}

    /**
     * The names that a folder's file gives, none if there is no such file.
     *
     * @param classes how many there must be at least
     * @throws InvalidDatasetException if the file cannot be read, names too few or too many, or one twice
     */
    static List<String> in(Path folder, int classes) {
        return FILE_NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(file -> read(file, classes))
                .orElse(List.of());
    }

    private static List<String> read(Path file, int classes) {
        List<String> names = lines(file);
        if (names.size() < classes || names.size() > LabelledImages.MOST_CLASSES) {
            throw new InvalidDatasetException(
                    file,
                    "names " + names.size() + " classes; the labels go up to " + (classes - 1)
                            + ", and there are at most " + LabelledImages.MOST_CLASSES,
                    REMEDY + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InvalidDatasetException(file, "names " + name + " twice", REMEDY + ", each another one.");
            }
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8)
                    .replace(BYTE_ORDER_MARK, "")
                    .lines()
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new InvalidDatasetException(file, "cannot be read as UTF-8 text (" + e + ")", REMEDY + ".");
        }
    }
}
