/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run types` checks them with the native compiler, before every test run.
  typescript: { ignoreBuildErrors: true },
  // `next start` does not serve standalone output: only the container build asks for it.
  output: process.env.GOLDSMITH_STANDALONE === "1" ? "standalone" : undefined,
  // Read from disk at start-up, so the container's copy must have them.
  outputFileTracingIncludes: { "/**": ["./lib/db/migrations/**"] },
  // These load files of their own at run time (WebAssembly, worker threads), so they stay outside the bundle.
  serverExternalPackages: ["@electric-sql/pglite", "pg", "pino", "prom-client"],
};

export default config;
