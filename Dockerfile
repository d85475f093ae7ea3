# Build: docker build -t gatehouse .
# Run:   docker run -p 7432:7432 -v "$PWD/conf:/gatehouse/conf" gatehouse
# In conf/gatehouse.yaml set listen.address: 0.0.0.0 and audit: {to: stdout}. The admin port (7480)
# asks for no password and stays on the container's own loopback unless the configuration says more.
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
RUN mvn -q -B -ntp -Dmaven.test.skip=true -pl proxy-server -am package \
    && mkdir -p /gatehouse/lib /gatehouse/bin /gatehouse/var \
    && cp proxy-server/target/lib/*.jar proxy-server/target/gatehouse-proxy-server-*.jar /gatehouse/lib/ \
    && cp bin/gatehouse bin/find-jdk.sh /gatehouse/bin/ \
    && cp LICENSE NOTICE /gatehouse/ \
    && cp -r conf /gatehouse/conf

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10432 --home-dir /gatehouse --shell /usr/sbin/nologin gatehouse
# The program stays root's: the broker can write its configuration (users, its certificate) and var only.
COPY --from=build /gatehouse /gatehouse
RUN chown -R gatehouse /gatehouse/conf /gatehouse/var
USER gatehouse
WORKDIR /gatehouse
EXPOSE 7432 7480
VOLUME ["/gatehouse/conf", "/gatehouse/var"]
# The image needs no curl: the command asks by itself.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["/gatehouse/bin/gatehouse", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/gatehouse/bin/gatehouse"]
CMD ["serve", "--conf", "/gatehouse/conf"]
