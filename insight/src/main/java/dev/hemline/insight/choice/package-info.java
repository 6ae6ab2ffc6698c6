/** Which model a command is about: a file, a folder, or a published version. */
package dev.hemline.insight.choice;
