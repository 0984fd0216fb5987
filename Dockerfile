# syntax=docker/dockerfile:1
# One image: docker run --read-only --tmpfs /tmp -e LOTSEN_BOT_TOKEN=… -v lotsen:/data lotsen
# Or several processes beside PostgreSQL: deploy/compose.yaml

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /venv
WORKDIR /app
COPY requirements.lock pyproject.toml ./
RUN /venv/bin/pip install --require-hashes -r requirements.lock
COPY . .
RUN /venv/bin/pip install --no-deps --no-build-isolation --editable . \
    && /venv/bin/python -m compileall -q /app

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for lotsen backup and restore: bookworm has those of PostgreSQL 15, as in
# deploy/compose.yaml. Of 15 the newest is wanted, whatever its number:
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin lotsen \
    && mkdir /data && chown lotsen /data && chmod 700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp \
    LOTSEN_DATA_DIR=/data LOTSEN_HTTP_HOST=0.0.0.0 LOTSEN_HTTP_PORT=8080
WORKDIR /app
USER 10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
CMD ["lotsen", "run"]
