# syntax=docker/dockerfile:1
# Written with care and not yet built: there was no Docker engine where this project was made.
# The versions of Rust and Debian are those that the tests run on.

FROM rust:1.95-slim-bookworm AS build
# SQLite is compiled in, so a C compiler is needed to build and nothing to run.
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --profile dist -p articula && cp target/dist/articula /usr/local/bin/articula

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/articula --create-home articula
COPY --from=build /usr/local/bin/articula /usr/local/bin/articula
USER articula
WORKDIR /var/lib/articula
VOLUME /var/lib/articula/data
ENV ARTICULA_HTTP_ADDRESS=0.0.0.0:8080
EXPOSE 8080
# `doctor --ready` asks /readyz of the running service: the image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["articula", "doctor", "--ready"]
ENTRYPOINT ["articula"]
CMD ["serve"]
