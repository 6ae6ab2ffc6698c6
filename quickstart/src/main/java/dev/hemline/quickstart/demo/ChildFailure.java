package dev.hemline.quickstart.demo;

/** A child process is not there any more, or did not go as it should have. */
final class ChildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ChildProcess child;

    ChildFailure(String message, ChildProcess child) {
        super(message);
        this.child = child;
    }

    ChildProcess child() {
        return child;
    }
}
