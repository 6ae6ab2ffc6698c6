/** Three brokers and two classifiers in JVMs of their own, to be hurt. */
@NullMarked
package dev.hemline.chaos.cluster;

import org.jspecify.annotations.NullMarked;
