/** The whole of Hemline on one machine, behind one command line. */
package dev.hemline.quickstart;
