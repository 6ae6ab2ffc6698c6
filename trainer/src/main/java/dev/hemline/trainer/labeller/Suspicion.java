package dev.hemline.trainer.labeller;

/**
 * That somebody's labels cannot be believed.
 *
 * @param reason a sentence without its subject, for people
 * @param labels that were compared
 * @param disagreements how many of them say another class
 */
public record Suspicion(String labeller, String reason, int labels, int disagreements) {}
