package dev.hemline.insight.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataOptionsTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadAFolderPerClassScaledToTheSizeAskedFor() {
        PictureFolders.draw(folder, 14);

        Dataset dataset = load("--data", folder.toString(), "--image-size", "20x24");

        assertThat(dataset.train().classNames()).containsExactly("bar", "disc", "frame");
        assertThat(dataset.train().width()).isEqualTo(20);
        assertThat(dataset.train().height()).isEqualTo(24);
        assertThat(dataset.train().size()).isEqualTo(3 * 12);
        assertThat(perClass(dataset.test())).containsExactly(2, 2, 2);
    }

    @Test
    void shouldScaleToTheSizeOfFashionMnistUnlessAskedOtherwise() {
        PictureFolders.draw(folder, 3);

        LabelledImages images = load("--data", folder.toString()).train();

        assertThat(images.image(0)).hasSize(784).contains((byte) 0);
    }

    @Test
    void shouldMixTheClassesSoThatAFewImagesHaveAll() {
        PictureFolders.draw(folder.resolve("train"), 5);
        PictureFolders.draw(folder.resolve("test"), 1);

        LabelledImages train = load("--data", folder.toString()).train();

        assertThat(IntStream.range(0, 4).map(train::label)).containsExactly(0, 1, 2, 0);
    }

    @Test
    void shouldLeaveTheTestToWhoeverDividedTheFolder() {
        PictureFolders.draw(folder.resolve("train"), 4);
        PictureFolders.draw(folder.resolve("test"), 2);

        Dataset dataset = load("--data", folder.toString());

        assertThat(dataset.train().size()).isEqualTo(12);
        assertThat(perClass(dataset.test())).containsExactly(2, 2, 2);
    }

    @Test
    void shouldPassOverWhatFileManagersLeaveBehind() throws IOException {
        PictureFolders.draw(folder, 3);
        Files.createDirectory(folder.resolve(".cache"));
        Files.writeString(folder.resolve("notes.txt"), "drawn on a Sunday");
        Files.writeString(folder.resolve("bar/.DS_Store"), "");
        Files.writeString(folder.resolve("bar/._000.png"), "AppleDouble");
        Files.writeString(folder.resolve("bar/LICENSE.txt"), "as you like");
        Files.writeString(folder.resolve("bar/LICENSE"), "as you like");
        Files.writeString(folder.resolve("disc/Thumbs.db"), "");
        Files.writeString(folder.resolve("disc/Desktop.ini"), "");
        Files.createDirectories(folder.resolve("__MACOSX/bar"));
        Files.createDirectories(folder.resolve("@eaDir"));
        Files.createDirectories(folder.resolve("frame/@eaDir/000.png"));

        assertThat(load("--data", folder.toString()).train().size()).isEqualTo(6);
    }

    /** A Mac's disk may hold the names of what another made in decomposed form. */
    @Test
    void shouldCallClassesByComposedNames() throws IOException {
        PictureFolders.draw(folder, 3);
        Files.move(folder.resolve("bar"), folder.resolve("cafe\u0301"));

        assertThat(load("--data", folder.toString()).train().classNames())
                .containsExactly("caf\u00e9", "disc", "frame");
    }

    @Test
    void shouldNotTakeOneNameInTwoFormsForTwoClasses() throws IOException {
        PictureFolders.draw(folder, 3);
        Files.move(folder.resolve("bar"), folder.resolve("cafe\u0301"));
        Files.move(folder.resolve("disc"), folder.resolve("caf\u00e9"));

        assertThatThrownBy(() -> load("--data", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("caf\u00e9")
                .hasMessageContaining("two ways of Unicode");
    }

    @Test
    void shouldReadAnIdxSetAsItIs() {
        FashionMnistFixture.copyInto(folder);

        assertThat(load("--data", folder.toString()).train().classNames()).isEqualTo(FashionMnist.CLASS_NAMES);
    }

    @Test
    void shouldNameThePicturesThatCannotBeUsed() throws IOException {
        PictureFolders.draw(folder, 3);
        Files.writeString(folder.resolve("bar/000.png"), "no picture");
        Files.write(folder.resolve("frame/001.jpg"), new byte[0]);

        assertThatThrownBy(() -> load("--data", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("2 of 9 pictures cannot be used: " + folder.resolve("bar/000.png")
                        + " (This is no picture file; send a PNG, JPEG, GIF, BMP or WebP file), "
                        + folder.resolve("frame/001.jpg"))
                .hasMessageEndingWith("; replace them, or take them away");
    }

    @Test
    void shouldSayThatAFolderIsMissing() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> load("--data", missing.toString()))
                .isInstanceOf(UserError.class)
                .hasMessage("--data " + missing + " is no folder");
    }

    @Test
    void shouldSayWhatAFolderWithoutClassesNeeds() {
        assertThatThrownBy(() -> load("--data", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("holds 0 folders; it needs one per class");
    }

    @Test
    void shouldSayWhichClassHasTooFewPictures() throws IOException {
        PictureFolders.draw(folder, 3);
        Files.delete(folder.resolve("disc/002.png"));

        assertThatThrownBy(() -> load("--data", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessage(folder.resolve("disc")
                        + " holds 2 pictures; a class needs at least 3, one to learn from, one to validate and one to"
                        + " test with");
    }

    @Test
    void shouldSayThatTrainingAndTestHaveOtherClasses() throws IOException {
        PictureFolders.draw(folder.resolve("train"), 2);
        PictureFolders.draw(folder.resolve("test"), 2);
        Files.move(folder.resolve("test/bar"), folder.resolve("test/line"));

        assertThatThrownBy(() -> load("--data", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has the classes bar, disc, frame, but")
                .hasMessageContaining("has disc, frame, line");
    }

    @Test
    void shouldSayThatPicturesLieTooDeep() {
        PictureFolders.draw(folder.resolve("holidays"), 3);
        PictureFolders.draw(folder.resolve("work"), 3);

        assertThatThrownBy(() -> load("--data", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith(folder.resolve("holidays/bar") + " is a folder where a picture belongs");
    }

    @Test
    void shouldNotPretendToScaleAnIdxSet() {
        FashionMnistFixture.copyInto(folder);

        assertThatThrownBy(() -> load("--data", folder.toString(), "--image-size", "32"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--image-size 32x32 is for folders of pictures");
    }

    private static Dataset load(String... arguments) {
        return CommandLine.populateCommand(new DataOptions(), arguments).load();
    }

    private static int[] perClass(LabelledImages images) {
        int[] counts = new int[images.classNames().size()];
        IntStream.range(0, images.size()).forEach(index -> counts[images.label(index)]++);
        return counts;
    }
}
