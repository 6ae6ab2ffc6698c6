# In place of eclipse-temurin and of maven: Debian's own OpenJDK and Maven.
ARG DEBIAN
FROM ${DEBIAN} AS runtime
# Where the way to the package registries is looked into, this machine's own certificates tell by whom.
COPY certificates/ /usr/local/share/ca-certificates/
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends ca-certificates-java openjdk-17-jre-headless libstdc++6 \
    && update-ca-certificates \
    && rm -rf /var/lib/apt/lists/*

FROM runtime AS build
RUN apt-get update -q \
    && apt-get install -y -q --no-install-recommends maven openjdk-17-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
