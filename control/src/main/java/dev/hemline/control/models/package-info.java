/** {@code hemline models}: what versions there are, who serves them, and which one is to serve. */
package dev.hemline.control.models;
