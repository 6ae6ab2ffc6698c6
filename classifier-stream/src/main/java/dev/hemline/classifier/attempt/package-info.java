/** Loading versions that may end the process: who goes first, and what is tried elsewhere before. */
package dev.hemline.classifier.attempt;
