/** The live page: what one instance does, for a person with a browser, and a way to send it a picture. */
package dev.hemline.page;
