# One image: `docker run -e LOTSEN_BOT_TOKEN=… -v lotsen:/data …`
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    LOTSEN_DATA_DIR=/data LOTSEN_HTTP_HOST=0.0.0.0 LOTSEN_HTTP_PORT=8080

WORKDIR /app
COPY requirements.lock pyproject.toml ./
RUN pip install --require-hashes -r requirements.lock

COPY . .
RUN pip install --no-deps --no-build-isolation --editable . \
    && useradd --system --uid 10001 --home-dir /app lotsen \
    && mkdir /data && chown lotsen /data

USER lotsen
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
CMD ["lotsen", "run"]
