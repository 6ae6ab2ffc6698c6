package dev.hemline.insight.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What pictures are scaled to.
 *
 * @param width pixels across
 * @param height pixels down
 */
public record ImageSize(int width, int height) {

    /** That of Fashion-MNIST. */
    public static final ImageSize DEFAULT = new ImageSize(28, 28);

    private static final int SHORTEST = 4;
    private static final int LONGEST = 1024;

    /** @throws IllegalArgumentException if a side is not 4 to 1024 pixels */
    public ImageSize {
        if (Math.min(width, height) < SHORTEST || Math.max(width, height) > LONGEST) {
            throw new IllegalArgumentException(
                    "--image-size is %s to %s pixels a side, not %sx%s".formatted(SHORTEST, LONGEST, width, height));
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }

    /** Sizes as people write them: 28x28, or 28 for both. */
    static final class Converter implements ITypeConverter<ImageSize> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:[xX](\\d{1,5}))?");

        @Override
        public ImageSize convert(String value) {
            Matcher form = FORM.matcher(value);
            if (!form.matches()) {
                throw new TypeConversionException("'" + value + "' is no size such as 28x28, width first");
            }
            String width = form.group(1);
            String height = form.group(2) == null ? width : form.group(2);
            try {
                return new ImageSize(Integer.parseInt(width), Integer.parseInt(height));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
