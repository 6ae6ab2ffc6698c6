/** {@code hemline topics}: the topics that all of Hemline uses. */
package dev.hemline.control.topics;
