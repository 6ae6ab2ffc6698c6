/** Verbs of Hemline in JVMs of their own, which end when their parent does. */
package dev.hemline.testbed.child;
