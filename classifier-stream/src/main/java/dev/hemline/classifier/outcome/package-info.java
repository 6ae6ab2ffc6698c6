/** What can become of an event. */
package dev.hemline.classifier.outcome;
