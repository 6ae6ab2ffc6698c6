/** Records that somebody should not have sent, each of a kind that once ended or blocked a stream. */
package dev.hemline.chaos.poison;
