/** What an instance says about its models on topic {@code model-status}. */
package dev.hemline.classifier.status;
