# One image with every verb of Hemline: docker run --rm hemline trainer --help. Built by docker-compose.yml; needs BuildKit.
ARG BUILD_IMAGE=maven:3.9.12-eclipse-temurin-17-noble
ARG RUNTIME_IMAGE=eclipse-temurin:17.0.19_10-jre-noble

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY . .
# The libraries stay for the next build. The secret is for those who reach Maven Central by settings of their own:
# docker build --secret id=maven-settings,src=$HOME/.m2/settings.xml .
RUN --mount=type=cache,target=/root/.m2/repository \
    --mount=type=secret,id=maven-settings,target=/root/.m2/settings.xml \
    mvn -B -q -Dmaven.test.skip=true -pl quickstart -am package
# DJL unpacks libtorch, 450 MB, when it first starts; done here, no container needs a place to write it to. That it loads is
# found out here, too.
RUN ENGINE_CACHE_DIR=/image/native java -cp 'quickstart/target/app/*' docker/UnpackLibtorch.java \
    && chmod -R a+rX /image/native
# What changes with each commit lies apart from what does not.
RUN mkdir -p /image/libraries /image/modules \
    && mv quickstart/target/app/*.jar /image/libraries/ \
    && for pom in */pom.xml; do \
        find /image/libraries -name "${pom%/pom.xml}-[0-9]*.jar" -exec mv {} /image/modules/ \; ; \
    done \
    && touch /image/modules/.built

FROM ${RUNTIME_IMAGE}
RUN groupadd --gid 10001 hemline \
    && useradd --uid 10001 --gid hemline --home-dir /var/lib/hemline --no-create-home --shell /usr/sbin/nologin hemline \
    && install -d -o hemline -g hemline /var/lib/hemline /var/lib/hemline/state /var/lib/hemline/signing-key \
        /var/lib/hemline/trusted-keys /var/cache/hemline
# As the launcher expects them; it sets each verb's heap and libtorch's environment, and becomes the JVM.
COPY --from=build /image/native /opt/hemline/native
COPY --from=build /image/libraries /opt/hemline/quickstart/target/app
COPY --from=build /image/modules /opt/hemline/quickstart/target/app
COPY hemline docker/healthy /opt/hemline/
ENV ENGINE_CACHE_DIR=/opt/hemline/native XDG_CACHE_HOME=/var/cache
WORKDIR /var/lib/hemline
# The launcher's first start makes the archive of classes that the others start from; containers cannot write it.
RUN /opt/hemline/hemline --version && test -s /opt/hemline/quickstart/target/app/classes-*.jsa
USER 10001:10001
ENTRYPOINT ["/opt/hemline/hemline"]
CMD ["--help"]
