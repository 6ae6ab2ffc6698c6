package dev.hemline.trainer.labeller;

/**
 * What somebody says of a picture about which something is known otherwise.
 *
 * @param said the class that they name
 * @param known the class that it most likely is
 */
record Claim(String by, int said, int known) {}
