package dev.hemline.control.rejects;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a letter stands on the dead-letter topic; {@code 2@17} in text. */
record DeadLetterPlace(int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

    static DeadLetterPlace parse(String text) {
        Matcher place = TEXT.matcher(text);
        if (!place.matches()) {
            throw new IllegalArgumentException(
                    "A letter is named PARTITION@OFFSET, for instance 2@17 as 'rejects list' prints it, not '" + text
                            + "'");
        }
        return new DeadLetterPlace(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)));
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
