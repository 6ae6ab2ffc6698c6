/** Finds the event that ends processes, and puts it aside. */
package dev.hemline.classifier.quarantine;
