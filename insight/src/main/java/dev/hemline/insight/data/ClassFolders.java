package dev.hemline.insight.data;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pictures in a folder per class, whose name is the class, in Unicode's composed form (NFC) whichever form the disk keeps.
 * Classes are in alphabetical order, as torchvision has them. Hidden files, texts, and what file managers, archives and
 * network drives leave behind are passed over.
 *
 * @param folder what the class folders lie in
 * @param classNames names of the class folders, sorted
 * @param files per class, its files sorted by name
 */
public record ClassFolders(Path folder, List<String> classNames, List<List<Path>> files) {
    /** By Windows, by zip archives of a Mac, and by drives of Synology and QNAP. */
    private static final Set<String> LEFT_BEHIND =
            Set.of("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "@eadir", "@__thumb", "$recycle.bin");

    private static final Pattern TEXT = Pattern.compile("(license|licence|readme|copying)|.*\\.(txt|md|csv|json|xml)");
    /** Stands where a name has bytes that the JVM's encoding has no character for. */
    private static final String UNREADABLE = "\ufffd";

    /**
     * Reads and scales the pictures of {@code train/CLASS/*} and {@code test/CLASS/*}, else of {@code CLASS/*}, where one in
     * seven of every class is held out for the test.
     *
     * @param seed decides which pictures are for the test, where the folders do not say
     * @throws UserError if they make no dataset
     */
    static Dataset read(Path folder, ImageSize size, long seed) {
        Path train = folder.resolve("train");
        Path test = folder.resolve("test");
        // A class may be called train: only where classes are in it is it a set of them.
        if (areClassesIn(train) && areClassesIn(test)) {
            return divided(in(train), in(test), size);
        }
        ClassFolders all = in(folder);
        all.requireOfEachClass(3, "one to learn from, one to validate and one to test with");
        return Dataset.holdingOut(PictureReader.read(all, size), seed);
    }

    private static Dataset divided(ClassFolders train, ClassFolders test, ImageSize size) {
        if (!train.classNames().equals(test.classNames())) {
            throw new UserError("%s has the classes %s, but %s has %s; both need the same"
                    .formatted(
                            train.folder(),
                            String.join(", ", train.classNames()),
                            test.folder(),
                            String.join(", ", test.classNames())));
        }
        train.requireOfEachClass(2, "one to learn from and one to validate with");
        test.requireOfEachClass(1, "one to test with");
        return new Dataset(PictureReader.read(train, size), PictureReader.read(test, size));
    }

    /** Whether folders lie in a folder. */
    private static boolean areClassesIn(Path folder) {
        return Files.isDirectory(folder) && list(folder).stream().anyMatch(Files::isDirectory);
    }

    /** @throws UserError if these are not 2 to 256 folders with files in them */
    private static ClassFolders in(Path folder) {
        List<Path> classes = list(folder).stream().filter(Files::isDirectory).toList();
        if (classes.size() < 2 || classes.size() > LabelledImages.MOST_CLASSES) {
            throw new UserError("--data " + folder + " holds " + classes.size()
                    + " folders; it needs one per class, 2 to " + LabelledImages.MOST_CLASSES
                    + " of them, or the four files of an IDX set (train-images-idx3-ubyte.gz and so on)");
        }
        Set<String> seen = new HashSet<>();
        for (Path one : classes) {
            if (name(one).contains(UNREADABLE)) {
                throw new UserError("The names of classes in " + folder + " cannot be read in this locale ("
                        + System.getProperty("sun.jnu.encoding") + "); set LC_ALL=C.UTF-8, or another of UTF-8");
            }
            if (!seen.add(name(one))) {
                throw new UserError("Two folders in " + folder + " have the name " + name(one)
                        + ", written in two ways of Unicode; move the pictures of both into one");
            }
        }
        return new ClassFolders(
                folder,
                classes.stream().map(ClassFolders::name).toList(),
                classes.stream().map(ClassFolders::filesOf).toList());
    }

    /** @throws UserError if a class has fewer files */
    private void requireOfEachClass(int fewest, String why) {
        for (int label = 0; label < files.size(); label++) {
            if (files.get(label).size() < fewest) {
                throw new UserError("%s holds %s pictures; a class needs at least %s, %s"
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
            return entries.filter(ClassFolders::isMeant)
                    .sorted(Comparator.comparing(ClassFolders::name).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UserError("Cannot read the folder " + folder + ": " + e, e);
        }
    }

    /** Whether a file or folder is there for its pictures, rather than left behind or a text. */
    public static boolean isMeant(Path entry) {
        String name = name(entry).toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && !LEFT_BEHIND.contains(name)
                && !(TEXT.matcher(name).matches() && Files.isRegularFile(entry));
    }

    private static String name(Path entry) {
        return Normalizer.normalize(String.valueOf(entry.getFileName()), Normalizer.Form.NFC);
    }
}
