/** For every answer, files included; the Content-Security-Policy comes from proxy.ts, with a nonce of its own each time. */
const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  // Browsers ignore it over plain HTTP.
  "strict-transport-security": "max-age=31536000",
  "x-dns-prefetch-control": "off",
};

/** Said, since a lock file in a folder above would make Next take that one for the root. */
const root = import.meta.dirname;

/** @type {import("next").NextConfig} */
const config = {
  turbopack: { root },
  outputFileTracingRoot: root,
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  headers: async () => [
    {
      source: "/:path*",
      headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })),
    },
  ],
  // A package of this project, in TypeScript as it is written.
  transpilePackages: ["goldsmith-languages"],
  // `npm run types` checks them with the native compiler, before every test run.
  typescript: { ignoreBuildErrors: true },
  // What the container ships comes out of every build, so that tests run what ships.
  output: "standalone",
  // Read from disk at start-up, so the container's copy must have them.
  outputFileTracingIncludes: {
    "/**": ["./lib/db/migrations/**", "./node_modules/fs-native-extensions/prebuilds/linux-*/*.node"],
  },
  // These load files of their own at run time (WebAssembly, native code, worker threads), so they stay outside the bundle.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "fs-native-extensions",
    "pg",
    "pino",
    "prom-client",
    "@opentelemetry/sdk-trace-node",
    "@opentelemetry/exporter-trace-otlp-http",
  ],
  experimental: {
    serverActions: { bodySizeLimit: "1mb" },
    proxyClientMaxBodySize: "1mb",
    // Few files rather than many small ones: a first visit has a budget of 8 requests.
    turbopackChunking: {
      minChunkSize: 1_000_000,
      maxChunkCountPerGroup: 1,
      maxMergeChunkSize: 2_000_000,
      requestCost: 2_000_000,
      firstPageLoadPriority: 1,
    },
  },
};

export default config;
