/** The app that classifies image events with the newest model: topology, settings, run shell. */
package dev.hemline.classifier;
