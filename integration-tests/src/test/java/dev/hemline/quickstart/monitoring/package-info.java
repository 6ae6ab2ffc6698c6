/** Prometheus' rules and Grafana's dashboards, against the real Prometheus and a real run. */
package dev.hemline.quickstart.monitoring;
