/** Three brokers and two classifiers in JVMs of their own, to be hurt. */
package dev.hemline.chaos.cluster;
