/** Other ways to classify a stream of image events, as somebody would write them who begins; run in JVMs of their own. */
@NullMarked
package dev.hemline.benchmarks.peer.stream;

import org.jspecify.annotations.NullMarked;
