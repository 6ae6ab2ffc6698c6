/** Whether a candidate version is better than the one that serves, told from labelled events that both answered; see {@code docs/experiments.md}. */
package dev.hemline.quality.experiment;
