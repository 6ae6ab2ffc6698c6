package dev.hemline.classifier.outcome;

/** Why an event that was chosen to leave a sample leaves none. */
public enum SampleLoss {
    /** More bytes a second than are written. */
    TOO_MANY("too-many"),
    /** Larger than the topic takes. */
    TOO_LARGE("too-large"),
    /** Brokers did not take one lately. */
    NOT_TAKEN("not-taken");

    private final String code;

    SampleLoss(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
