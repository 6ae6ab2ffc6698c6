/** Other ways to classify a stream of image events, as somebody would write them who begins; run in JVMs of their own. */
package dev.hemline.benchmarks.peer.stream;
