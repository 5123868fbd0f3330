import { accessSync, constants } from "node:fs";
import { isIP } from "node:net";

/** Modes that say what is wanted; `prefer`, `require` and `verify-ca` check as much as `verify-full`. */
const MODES = ["disable", "no-verify", "prefer", "require", "verify-ca", "verify-full"];
const FILES = ["sslrootcert", "sslcert", "sslkey"];

/**
 * What is wrong with a `DATABASE_URL`, without its password. Beyond this machine it must say whether the way is
 * encrypted: a name without a dot is a neighbour on a private network, such as that of a Compose file.
 */
export function mistakeInDatabaseUrl(url: string): string | undefined {
  const [, host = "", query = ""] = /^postgres(?:ql)?:\/\/(?:[^@/]*@)?([^/?]*)[^?]*\??(.*)$/s.exec(url) ?? [];
  const given = new URLSearchParams(query);
  const mode = given.get("sslmode");
  if (mode !== null && !MODES.includes(mode))
    return `DATABASE_URL: sslmode must be one of ${MODES.join(", ")}`;
  for (const name of FILES) {
    const file = given.get(name);
    if (file !== null && !isReadable(file)) return `DATABASE_URL: the file of ${name} cannot be read`;
  }
  const name = given.get("host") ?? host.replace(/:\d*$/, "").replace(/^\[(.*)\]$/, "$1");
  if (mode === null && !given.has("ssl") && isFar(name))
    return "DATABASE_URL names another machine and no sslmode. Add sslmode=verify-full (with sslrootcert=FILE for an authority of your own), or sslmode=disable where the network between is private";
  return undefined;
}

const isFar = (host: string): boolean =>
  (isIP(host) > 0 || /\./.test(host)) && !host.startsWith("/") && !/^(127\.|::1$)/.test(host);

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
