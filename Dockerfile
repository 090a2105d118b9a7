# One image for web, worker, beat and migrations; docker-compose.yml says which is which.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/laurel
WORKDIR /app
COPY requirements.lock .
# Wheels with the hashes of the lock, or nothing: no compiler, no surprise.
RUN /opt/laurel/bin/pip install --require-hashes --only-binary :all: --requirement requirements.lock

FROM python:3.13-slim
ENV PATH=/opt/laurel/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    MEDIA_ROOT=/srv/media
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin laurel \
 && install --directory --owner=laurel --group=laurel /srv/media /srv/beat
WORKDIR /app
COPY --from=build /opt/laurel /opt/laurel
COPY . .
# Settings want their variables, though collecting files uses none of them.
RUN SECRET_KEY=only-while-the-image-is-built-0000000000 \
    DATABASE_URL=postgresql://build@build.invalid/build \
    REDIS_URL=redis://build.invalid/0 \
    python manage.py collectstatic --no-input
USER laurel
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=gthread", \
     "--workers=2", "--threads=4", "--timeout=60", "--graceful-timeout=25", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
