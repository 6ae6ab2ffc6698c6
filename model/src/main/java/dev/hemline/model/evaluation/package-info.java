/** What figures about a classifier are worth. */
package dev.hemline.model.evaluation;
