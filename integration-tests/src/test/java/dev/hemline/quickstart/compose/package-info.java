/** Whether the containers of docker-compose.yml fit each other, the programs in them, and what Prometheus expects. */
package dev.hemline.quickstart.compose;
