/** {@code hemline demo}: the whole stream on this machine, watched while it runs and counted when it ends. */
package dev.hemline.quickstart.demo;
