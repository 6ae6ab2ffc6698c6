package dev.hemline.image;

import com.twelvemonkeys.imageio.util.ProgressListenerBase;
import dev.hemline.event.ImageFormat;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** The JDK's own readers of JPEGs and GIFs, and TwelveMonkeys' for WebP. PNGs and BMPs are read without. */
final class FileReaders {
    private static final Map<ImageFormat, ImageReaderSpi> PROVIDERS = new EnumMap<>(ImageFormat.class);

    static {
        for (ImageFormat format : new ImageFormat[] {ImageFormat.JPEG, ImageFormat.GIF, ImageFormat.WEBP}) {
            PROVIDERS.put(format, provider(format));
        }
    }

    private FileReaders() {}

    private static ImageReaderSpi provider(ImageFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("There is no reader for " + format
                    + "; is this a JDK without module java.desktop, or is imageio-webp not on the class path?");
        }
        return readers.next().getOriginatingProvider();
    }

    /**
     * @param pixelBytes what decoding may allocate, see {@link PictureFile#allocatedBytes}
     * @param mayBeCut whether the end is not known to be there: then a warning means that pixels are missing
     */
    static BufferedImage image(ImageFormat format, byte[] content, long pixelBytes, boolean mayBeCut)
            throws IOException {
        return read(format, content, pixelBytes, mayBeCut, reader -> reader.read(0));
    }

    /** The samples as stored, for colours that the reader does not translate. */
    static Raster raster(ImageFormat format, byte[] content, long pixelBytes, boolean mayBeCut) throws IOException {
        return read(format, content, pixelBytes, mayBeCut, reader -> reader.readRaster(0, null));
    }

    private interface Decoding<T> {
        T of(ImageReader reader) throws IOException;
    }

    private static <T> T read(
            ImageFormat format, byte[] content, long pixelBytes, boolean mayBeCut, Decoding<T> decoding)
            throws IOException {
        ImageReader reader = Objects.requireNonNull(PROVIDERS.get(format)).createReaderInstance();
        try (ImageInputStream stream = new ContentStream(content, pixelBytes)) {
            reader.setInput(stream, true, true);
            var early = new AtomicBoolean();
            reader.addIIOReadWarningListener((source, warning) -> early.set(true));
            var rows = new RowsRead();
            reader.addIIOReadProgressListener(rows);
            T decoded = decoding.of(reader);
            // Of a GIF whose data end before its last row the JDK's reader shows what there is, without a warning.
            if ((mayBeCut && early.get()) || (format == ImageFormat.GIF && rows.percent < 100)) {
                throw new EOFException();
            }
            return decoded;
        } finally {
            reader.dispose();
        }
    }

    private static final class RowsRead extends ProgressListenerBase {
        private float percent;

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            percent = percentageDone;
        }
    }
}
