package dev.hemline.insight.data;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.service.UserError;
import java.nio.file.Path;

/** Pictures in a folder per class, whose name is the class. Classes are in alphabetical order, as torchvision has them. */
final class ClassFolders {
    private ClassFolders() {}

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
        if (LabelledFiles.areClassesIn(train) && LabelledFiles.areClassesIn(test)) {
            return divided(LabelledFiles.in(train), LabelledFiles.in(test), size);
        }
        LabelledFiles all = LabelledFiles.in(folder);
        all.requireOfEachClass(3, "one to learn from, one to validate and one to test with");
        return Dataset.holdingOut(PictureReader.read(all, size), seed);
    }

    private static Dataset divided(LabelledFiles train, LabelledFiles test, ImageSize size) {
        if (!train.classNames().equals(test.classNames())) {
            throw new UserError("%s has the classes %s, but %s has %s; both need the same"
                    .formatted(train.folder(), names(train), test.folder(), names(test)));
        }
        train.requireOfEachClass(2, "one to learn from and one to validate with");
        test.requireOfEachClass(1, "one to test with");
        return new Dataset(PictureReader.read(train, size), PictureReader.read(test, size));
    }

    private static String names(LabelledFiles files) {
        return String.join(", ", files.classNames());
    }
}
