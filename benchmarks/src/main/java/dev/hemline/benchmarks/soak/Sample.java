package dev.hemline.benchmarks.soak;

/**
 * What the classifier's process held at one moment.
 *
 * @param events image events that it was done with
 * @param nativeBytes resident beyond its heap, which is all resident from the start
 * @param handles open files and sockets
 * @param stateBytes of its folder of local state
 */
record Sample(long events, long nativeBytes, long threads, long handles, long stateBytes) {}
