/** What a version answers to images that it was validated with, kept in its manifest to compare live results with. */
package dev.hemline.model.reference;
