package dev.hemline.control.rejects;

/** Texts from strangers as a terminal may see them: it would obey control characters. */
final class Printable {
    private Printable() {}

    static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** At most {@code length} characters, three dots for what is missing. */
    static String of(String text, int length) {
        String printable = of(text);
        return printable.length() <= length ? printable : printable.substring(0, length - 3) + "...";
    }
}
