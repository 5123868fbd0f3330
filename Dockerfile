# syntax=docker/dockerfile:1
FROM node:24-trixie-slim AS build
WORKDIR /goldsmith
COPY package.json package-lock.json .npmrc ./
COPY languages/package.json languages/
COPY simulator/package.json simulator/
RUN --mount=type=cache,target=/root/.npm npm ci --include=dev --no-audit --no-fund
COPY . .
ENV GOLDSMITH_STANDALONE=1 NEXT_TELEMETRY_DISABLED=1
RUN npm run build && mkdir /data

FROM node:24-trixie-slim
WORKDIR /goldsmith
COPY --from=build /goldsmith/.next/standalone ./
COPY --from=build /goldsmith/.next/static ./.next/static
COPY --from=build /goldsmith/public ./public
COPY --from=build --chown=node:node /data /data
USER node
# Next's server reads HOSTNAME, the console's own check of where it may listen reads HOST.
# Signals are the console's own matter: it ends open logs and closes the database.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 NEXT_MANUAL_SIG_HANDLE=true \
  HOSTNAME=0.0.0.0 HOST=0.0.0.0 PORT=3000 GOLDSMITH_DATA=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.js"]
