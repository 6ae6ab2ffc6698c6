/** Commands run as people run them, with a model made up on the spot. */
package dev.hemline.insight;
