package dev.hemline.fashionmnist;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Writes labelled images as the four files of a dataset, gzip-packed IDX with their SHA256SUMS and labels.txt. */
final class IdxWriter {

    private IdxWriter() {}

    static void write(Dataset dataset, Path folder) throws IOException {
        StringBuilder sums = new StringBuilder();
        for (DatasetFile file : DatasetFile.values()) {
            boolean training = file == DatasetFile.TRAIN_IMAGES || file == DatasetFile.TRAIN_LABELS;
            LabelledImages images = training ? dataset.train() : dataset.test();
            byte[] idx = file.holdsImages() ? images(images) : labels(images);
            pack(idx, folder.resolve(file.packedName()));
            sums.append(sha256(idx)).append("  ").append(file.plainName).append('\n');
        }
        Files.writeString(folder.resolve(Checksums.FILE_NAME), sums);
        Files.write(folder.resolve("labels.txt"), dataset.train().classNames());
    }

    static byte[] images(LabelledImages images) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x0803);
        out.writeInt(images.size());
        out.writeInt(images.height());
        out.writeInt(images.width());
        for (int index = 0; index < images.size(); index++) {
            out.write(images.image(index));
        }
        return bytes.toByteArray();
    }

    static byte[] labels(LabelledImages images) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x0801);
        out.writeInt(images.size());
        for (int index = 0; index < images.size(); index++) {
            out.writeByte(images.label(index));
        }
        return bytes.toByteArray();
    }

    static void pack(byte[] content, Path file) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
