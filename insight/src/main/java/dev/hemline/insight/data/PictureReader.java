package dev.hemline.insight.data;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.image.UnfitImageException;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads pictures as a classifier would: by the same decoder, scaled in the same way. All are read before a bad one is
 * complained about, so that bad ones can be seen to in one go.
 */
final class PictureReader {
    private static final Logger LOG = LoggerFactory.getLogger(PictureReader.class);
    private static final int SHOWN = 3;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private final ModelInput input;
    private final ByteBuffer pixels;
    private final byte[] labels;
    private final List<String> bad = new ArrayList<>();
    private int read;

    private PictureReader(int pictures, ImageSize size) {
        this.input = new ModelInput(1, size.height(), size.width(), List.of(0f), List.of(1f), false);
        this.pixels = ByteBuffer.allocate(pictures * size.width() * size.height());
        this.labels = new byte[pictures];
    }

    /** @throws UserError if there are too many, or some cannot be used */
    static LabelledImages read(ClassFolders files, ImageSize size) {
        LOG.info(
                "Reading {} pictures of {} classes in {}",
                files.size(),
                files.classNames().size(),
                files.folder());
        if ((long) files.size() * size.width() * size.height() > Integer.MAX_VALUE - 8) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%,d pictures of %s pixels are more than memory is made for; choose a smaller --image-size",
                    files.size(),
                    size));
        }
        PictureReader reader = new PictureReader(files.size(), size);
        try (ProgressBar bar =
                ProgressBars.of("Pictures", files.size(), "pictures").build()) {
            reader.readAll(files, bar::step);
        }
        return reader.images(files.classNames(), size);
    }

    /** The classes in turn: whoever takes the first images of a set shall have some of every class. */
    private void readAll(ClassFolders files, Runnable afterEach) {
        int most = files.files().stream().mapToInt(List::size).max().orElse(0);
        for (int place = 0; place < most; place++) {
            for (int label = 0; label < files.files().size(); label++) {
                List<Path> ofClass = files.files().get(label);
                if (place < ofClass.size()) {
                    read(ofClass.get(place), label);
                    afterEach.run();
                }
            }
        }
    }

    private void read(Path file, int label) {
        try {
            decoder.decode(Files.readAllBytes(file), input, pixels);
            labels[read++] = (byte) label;
        } catch (UnfitImageException e) {
            bad.add(file + " (" + e.getMessage() + ")");
        } catch (IOException e) {
            bad.add(file + " (" + e + ")");
        }
    }

    private LabelledImages images(List<String> classNames, ImageSize size) {
        if (!bad.isEmpty()) {
            throw new UserError("%s of %s pictures cannot be used: %s%s; replace them, or take them away"
                    .formatted(
                            bad.size(),
                            labels.length,
                            String.join(", ", bad.subList(0, Math.min(SHOWN, bad.size()))),
                            bad.size() > SHOWN ? " and so on" : ""));
        }
        return LabelledImages.of(size.width(), size.height(), classNames, pixels.array(), labels);
    }
}
