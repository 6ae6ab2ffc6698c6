# In place of apache/kafka: the same broker from its jars on Maven Central, which the quickstart depends on, configured by the
# class that the official image configures it with. It lacks Kafka's shell scripts.
ARG HEMLINE
ARG JAVA
FROM ${HEMLINE} AS hemline

FROM ${JAVA}
RUN useradd --uid 1000 appuser \
    && install -d -o appuser -g appuser /var/lib/kafka/data /opt/kafka/config /mnt/shared/config /etc/kafka/docker \
    && touch /etc/kafka/docker/server.properties /etc/kafka/docker/log4j2.yaml /etc/kafka/docker/tools-log4j2.yaml
COPY --from=hemline /opt/hemline/quickstart/target/app /opt/kafka/libs
COPY --chown=appuser kafka-run /etc/kafka/docker/run
USER appuser
CMD ["/etc/kafka/docker/run"]
