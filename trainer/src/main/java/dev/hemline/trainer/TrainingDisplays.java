package dev.hemline.trainer;

/** Chooses how to show a training. */
final class TrainingDisplays {
    private TrainingDisplays() {}

    /** A bar on a terminal, lines anywhere else. */
    @SuppressWarnings("SystemConsoleNull") // up to JDK 21 there is a console only on a terminal
    static TrainingDisplay here() {
        return System.console() == null ? new LoggedDisplay() : new TerminalDisplay();
    }
}
