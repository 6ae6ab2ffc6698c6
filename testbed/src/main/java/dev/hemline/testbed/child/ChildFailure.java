package dev.hemline.testbed.child;

/** A child process is not there any more, or did not go as it should have. */
public final class ChildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ChildProcess child;

    ChildFailure(String message, ChildProcess child) {
        super(message);
        this.child = child;
    }

    public ChildProcess child() {
        return child;
    }
}
