/** {@code hemline report}: one training, told on one page. */
package dev.hemline.trainer.report;
