# Build: docker build -t gatehouse .
# Run:   docker run -p 7432:7432 -v "$PWD/conf:/gatehouse/conf" gatehouse
# In conf/gatehouse.yaml set listen.address: 0.0.0.0 and audit: {to: stdout}.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN mvn -q -B -ntp -Dmaven.test.skip=true -pl proxy-server -am package \
    && mkdir -p /gatehouse/lib /gatehouse/bin \
    && cp proxy-server/target/lib/*.jar proxy-server/target/gatehouse-proxy-server-*.jar /gatehouse/lib/ \
    && cp bin/gatehouse bin/find-jdk.sh /gatehouse/bin/ \
    && cp -r conf /gatehouse/conf \
    && mkdir /gatehouse/var

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10432 --home-dir /gatehouse --shell /usr/sbin/nologin gatehouse
COPY --from=build --chown=gatehouse:gatehouse /gatehouse /gatehouse
USER gatehouse
WORKDIR /gatehouse
EXPOSE 7432
VOLUME ["/gatehouse/conf", "/gatehouse/var"]
# The admin port stays on the container's own loopback.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["curl", "-fsS", "http://127.0.0.1:7480/health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/gatehouse/bin/gatehouse"]
CMD ["serve", "--conf", "/gatehouse/conf"]
