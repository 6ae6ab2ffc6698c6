/** What can become of an event, and who hears of it and of all else that a classifier does. */
package dev.hemline.classifier.outcome;
