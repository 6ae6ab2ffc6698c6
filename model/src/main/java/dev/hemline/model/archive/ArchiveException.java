package dev.hemline.model.archive;

/** Says in a sentence why a file is not an archive that can be read. */
public final class ArchiveException extends Exception {
    /** Names in an archive may be as long as the archive. */
    private static final int LONGEST = 500;

    ArchiveException(String message) {
        super(shortened(message));
    }

    ArchiveException(String message, Throwable cause) {
        super(shortened(message), cause);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
