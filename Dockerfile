# syntax=docker/dockerfile:1
# A tag may be another image tomorrow. To build from one for good, name its digest (docs/operations.md):
#   docker build --build-arg NODE_IMAGE=node:24-trixie-slim@sha256:... .
ARG NODE_IMAGE=node:24-trixie-slim
FROM ${NODE_IMAGE} AS build
WORKDIR /goldsmith
COPY package.json package-lock.json .npmrc ./
COPY languages/package.json languages/
COPY simulator/package.json simulator/
RUN --mount=type=cache,target=/root/.npm npm ci --include=dev --no-audit --no-fund
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1
RUN npm run build && npm run --silent sbom > .next/sbom.cdx.json && mkdir /data

FROM ${NODE_IMAGE}
WORKDIR /goldsmith
COPY --from=build /goldsmith/.next/standalone ./
COPY --from=build /goldsmith/.next/static ./.next/static
COPY --from=build /goldsmith/public ./public
COPY --from=build /goldsmith/.next/sbom.cdx.json ./
COPY --from=build /goldsmith/scripts/serve.mjs /goldsmith/scripts/console-server.mjs \
  /goldsmith/scripts/static-files.mjs /goldsmith/scripts/listen-address.mjs /goldsmith/scripts/json-lines.mjs ./scripts/
COPY --from=build /goldsmith/.next/commands/verify-audit.mjs ./scripts/
COPY --from=build --chown=node:node /data /data
USER node
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true \
  HOST=0.0.0.0 PORT=3000 GOLDSMITH_DATA=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/serve.mjs"]
