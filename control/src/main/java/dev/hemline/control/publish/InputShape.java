package dev.hemline.control.publish;

import dev.hemline.event.ModelInput;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what people write about a model's input. */
final class InputShape {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})[xX](\\d{1,5})[xX](\\d{1,5})");

    private InputShape() {}

    /**
     * The input as a manifest has it.
     *
     * @param shape channels, height and width: {@code 3x64x64}
     * @param mean one for all channels, or one per channel
     * @param std one for all channels, or one per channel
     * @throws IllegalArgumentException naming the flag that is wrong
     */
    static ModelInput parse(String shape, List<Float> mean, List<Float> std, boolean invert) {
        Matcher parts = SHAPE.matcher(shape);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "--input is channels, height and width such as 1x28x28 or 3x64x64, not '" + shape + "'");
        }
        int channels = Integer.parseInt(parts.group(1));
        return new ModelInput(
                channels,
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                perChannel("--mean", mean, channels),
                perChannel("--std", std, channels),
                invert);
    }

    private static List<Float> perChannel(String flag, List<Float> values, int channels) {
        if (values.size() == 1) {
            return Collections.nCopies(channels, values.get(0));
        }
        if (values.size() != channels) {
            throw new IllegalArgumentException(
                    flag + " takes one number, or one for each of " + channels + " channels, not " + values.size());
        }
        return values;
    }
}
