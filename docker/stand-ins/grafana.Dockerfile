# In place of grafana/grafana, which no package registry has: no Grafana at all. It looks whether what Grafana would read is
# where it would look for it, and answers the health check.
ARG DEBIAN
FROM ${DEBIAN}
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends busybox wget \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o 472 -g 0 /var/lib/grafana /srv/api \
    && echo '{"database":"none","version":"no Grafana, a stand-in"}' >/srv/api/health
COPY grafana-run /run.sh
USER 472
ENTRYPOINT ["/run.sh"]
