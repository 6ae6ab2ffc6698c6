package dev.hemline.trainer.data;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.UserError;
import java.nio.file.Path;

/** Pictures in a folder per class, whose name is the class. Classes are in alphabetical order, as torchvision has them. */
sealed interface ClassFolders {

    /**
     * Reads and scales the pictures.
     *
     * @param seed decides which pictures are for the test, where the folders do not say
     * @throws UserError if they make no dataset
     */
    Dataset read(ImageSize size, long seed);

    /**
     * What lies in a folder: {@code train/CLASS/*} and {@code test/CLASS/*}, else {@code CLASS/*}.
     *
     * @throws UserError if it is neither
     */
    static ClassFolders in(Path folder) {
        Path train = folder.resolve("train");
        Path test = folder.resolve("test");
        // A class may be called train: only where classes are in it is it a set of them.
        return LabelledFiles.areClassesIn(train) && LabelledFiles.areClassesIn(test)
                ? new Divided(LabelledFiles.in(train), LabelledFiles.in(test))
                : new Undivided(LabelledFiles.in(folder));
    }

    /** Somebody has decided which pictures are for the test. */
    record Divided(LabelledFiles train, LabelledFiles test) implements ClassFolders {
        private static final int FEWEST = 2;

        public Divided {
            if (!train.classNames().equals(test.classNames())) {
                throw new UserError("%s has the classes %s, but %s has %s; both need the same"
                        .formatted(train.folder(), names(train), test.folder(), names(test)));
            }
            train.requireOfEachClass(FEWEST, "one to learn from and one to validate with");
            test.requireOfEachClass(1, "one to test with");
        }

        @Override
        public Dataset read(ImageSize size, long seed) {
            return new Dataset(PictureReader.read(train, size), PictureReader.read(test, size));
        }

        private static String names(LabelledFiles files) {
            return String.join(", ", files.classNames());
        }
    }

    /** One in seven pictures of every class is held out for the test. */
    record Undivided(LabelledFiles all) implements ClassFolders {
        private static final int FEWEST = 3;

        public Undivided {
            all.requireOfEachClass(FEWEST, "one to learn from, one to validate and one to test with");
        }

        @Override
        public Dataset read(ImageSize size, long seed) {
            LabelledImages images = PictureReader.read(all, size);
            return Dataset.holdingOut(images, seed);
        }
    }
}
