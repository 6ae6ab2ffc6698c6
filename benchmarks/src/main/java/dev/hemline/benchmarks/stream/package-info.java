/**
 * How a stream of image events is classified: how fast a backlog is worked off and what an event costs, how long events wait, how
 * soon a process that is started classifies, and whether anything grows over millions of events and hundreds of swaps.
 */
package dev.hemline.benchmarks.stream;
