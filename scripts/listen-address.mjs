import { createServer } from "node:net";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Where the console listens, from HOST and PORT. Throws a sentence for the person at the shell.
 * @param {Record<string, string | undefined>} env
 */
export function readListenAddress(env) {
  const host = env.HOST || "127.0.0.1";
  const port = readPort(env, "PORT", 3000);
  const isLoopback = LOOPBACK.test(host);
  const hasSignIn = Boolean(env.GOLDSMITH_OIDC_ISSUER || env.GOLDSMITH_PROXY);
  if (!isLoopback && !hasSignIn && env.GOLDSMITH_INSECURE !== "1") {
    throw new Error(
      `Goldsmith will not listen on ${host}: without single sign-on anyone who reaches it is its administrator. ` +
        "Use HOST=127.0.0.1, configure sign-in as docs/sign-in.md says, or set GOLDSMITH_INSECURE=1 if you know who can reach it.",
    );
  }
  return { host, port, url: `http://${host.includes(":") ? `[${host}]` : host}:${port}` };
}

/**
 * The simulator's port, or null when the console talks to AWS.
 * @param {Record<string, string | undefined>} env
 */
export function readSimulatorPort(env) {
  return (env.GOLDSMITH_AWS || "simulator") === "simulator"
    ? readPort(env, "GOLDSMITH_SIMULATOR_PORT", 4600)
    : null;
}

function readPort(env, name, fallback) {
  const port = env[name] ? Number(env[name]) : fallback;
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port number from 1 to 65535, not "${env[name]}".`);
}

/**
 * Throws a sentence when nothing can listen there.
 * @param {{ host: string, port: number, setting: string }} place `setting` is the variable to change.
 */
export async function assertPortIsFree({ host, port, setting }) {
  const code = await new Promise((settle) => {
    const probe = createServer();
    probe.once("error", (error) => settle(error.code));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => settle(null)));
  });
  if (code) throw new Error(describeListenError(code, { host, port, setting }));
}

/** @param {string} code @param {{ host: string, port: number, setting: string }} place */
export function describeListenError(code, { host, port, setting }) {
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is in use. Stop what listens there, or choose another with ${setting}.`;
  }
  if (code === "EACCES") return `Port ${port} needs more rights. Choose one above 1023 with ${setting}.`;
  return `Goldsmith cannot listen on ${host}:${port} (${code}).`;
}
