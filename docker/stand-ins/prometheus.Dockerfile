# In place of prom/prometheus: Debian's package of it.
ARG DEBIAN
FROM ${DEBIAN}
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends prometheus wget \
    && rm -rf /var/lib/apt/lists/* /etc/prometheus/* \
    && install -d -o nobody -g nogroup /prometheus
USER nobody
WORKDIR /prometheus
ENTRYPOINT ["/usr/bin/prometheus"]
