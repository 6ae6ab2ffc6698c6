/** Opens our pages in a real browser. */
package dev.hemline.quickstart.browser;
