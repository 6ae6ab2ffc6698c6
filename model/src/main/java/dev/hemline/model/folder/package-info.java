/** A model as two files, for people and places without a topic. */
package dev.hemline.model.folder;
