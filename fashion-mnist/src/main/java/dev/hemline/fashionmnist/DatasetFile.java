package dev.hemline.fashionmnist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The four files of the dataset: what they are called, and what they must hold. */
enum DatasetFile {
    TRAIN_IMAGES("train-images-idx3-ubyte", 60_000, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
    TRAIN_LABELS("train-labels-idx1-ubyte", 60_000, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
    TEST_IMAGES("t10k-images-idx3-ubyte", 10_000, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
    TEST_LABELS("t10k-labels-idx1-ubyte", 10_000, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    /** The name of the unpacked file. */
    final String plainName;

    /** How many images or labels the published file holds. */
    final int officialCount;

    /** SHA-256 of the published file's unpacked content; packed ones differ from mirror to mirror. */
    final String officialSha256;

    DatasetFile(String plainName, int officialCount, String officialSha256) {
        this.plainName = plainName;
        this.officialCount = officialCount;
        this.officialSha256 = officialSha256;
    }

    /** The name of the file as it is published. */
    String packedName() {
        return plainName + ".gz";
    }

    boolean holdsImages() {
        return this == TRAIN_IMAGES || this == TEST_IMAGES;
    }

    /** Whether all four are in a folder. */
    static boolean areAllIn(Path folder) {
        return Stream.of(values()).allMatch(file -> file.in(folder).isPresent());
    }

    /** Whether any of the four is in a folder. */
    static boolean isAnyIn(Path folder) {
        return Stream.of(values()).anyMatch(file -> file.in(folder).isPresent());
    }

    /** This file in a folder, under its packed or its plain name, or as MNIST's site names it. */
    Optional<Path> in(Path folder) {
        String dotted = plainName.replace("-idx", ".idx");
        return Stream.of(packedName(), plainName, dotted + ".gz", dotted)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
