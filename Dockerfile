# One image for the web application and the worker; docker-compose.yml says which process each container is.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
RUN python -m venv /app/.venv
COPY requirements.txt .
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        tesseract-ocr tesseract-ocr-spa \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin caseapp \
    && install -d -o caseapp -g caseapp -m 0700 /data /keys
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp
COPY --from=packages /app/.venv .venv
COPY manage.py ./
COPY scripts/healthcheck.py scripts/
COPY caseapp caseapp
COPY templates templates
COPY locale locale
RUN DATA_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 && rm -rf /tmp/build
ENV DATA_DIR=/data CASE_KEYS_FILE=/keys/case_keys
USER caseapp
VOLUME /data /keys
EXPOSE 8000
CMD ["python", "manage.py", "up", "--only", "web", "--host", "0.0.0.0"]
