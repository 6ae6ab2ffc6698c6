package dev.hemline.trainer.data;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a folder per class. Hidden files, and those that file managers leave behind, are passed over.
 *
 * @param folder what the class folders lie in
 * @param classNames names of the class folders, sorted
 * @param files per class, its files sorted by name
 */
record LabelledFiles(Path folder, List<String> classNames, List<List<Path>> files) {
    private static final Set<String> LEFT_BEHIND = Set.of("thumbs.db", "desktop.ini");

    /** Whether folders lie in a folder. */
    static boolean areClassesIn(Path folder) {
        return Files.isDirectory(folder) && list(folder).stream().anyMatch(Files::isDirectory);
    }

    /** @throws UserError if these are not 2 to 256 folders with files in them */
    static LabelledFiles in(Path folder) {
        List<Path> classes = list(folder).stream().filter(Files::isDirectory).toList();
        if (classes.size() < 2 || classes.size() > LabelledImages.MOST_CLASSES) {
            throw new UserError("--data " + folder + " holds " + classes.size()
                    + " folders; it needs one per class, 2 to " + LabelledImages.MOST_CLASSES
                    + " of them, or the four files of an IDX set (train-images-idx3-ubyte.gz and so on)");
        }
        return new LabelledFiles(
                folder,
                classes.stream().map(LabelledFiles::name).toList(),
                classes.stream().map(LabelledFiles::filesOf).toList());
    }

    /** @throws UserError if a class has fewer files */
    void requireOfEachClass(int fewest, String why) {
        for (int label = 0; label < files.size(); label++) {
            if (files.get(label).size() < fewest) {
                throw new UserError("%s holds %d pictures; a class needs at least %d, %s"
                        .formatted(
                                folder.resolve(classNames.get(label)),
                                files.get(label).size(),
                                fewest,
                                why));
            }
        }
    }

    /** Over all classes. */
    int size() {
        return files.stream().mapToInt(List::size).sum();
    }

    private static List<Path> filesOf(Path classFolder) {
        List<Path> files = list(classFolder);
        files.stream().filter(Files::isDirectory).findFirst().ifPresent(nested -> {
            throw new UserError(nested + " is a folder where a picture belongs; pictures lie in DIR/CLASS/, or in"
                    + " DIR/train/CLASS/ and DIR/test/CLASS/");
        });
        return files;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(LabelledFiles::isMeant).sorted().toList();
        } catch (IOException e) {
            throw new UserError("Cannot read the folder " + folder + ": " + e, e);
        }
    }

    private static boolean isMeant(Path entry) {
        String name = name(entry);
        return !name.startsWith(".") && !LEFT_BEHIND.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String name(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
