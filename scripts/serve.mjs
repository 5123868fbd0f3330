import { fileURLToPath } from "node:url";
import { serveConsole } from "./console-server.mjs";
import { writeJsonLines } from "./json-lines.mjs";
import { describeListenError, readListenAddress } from "./listen-address.mjs";

// The container's command: serves what `next build` left as standalone output, whose root is the folder above.
const folder = fileURLToPath(new URL("..", import.meta.url));
/**
 * What load balancers need to notice that /api/ready says no; then what an answer under way, such as a write in AWS that
 * waits its turn, may take. With the close of the database it is less than orchestrators allow: 20 s in `deploy/`.
 */
const TIMES = { graceMs: 3_000, answerMs: 10_000 };

process.chdir(folder);
writeJsonLines();
try {
  const { host, port } = readListenAddress(process.env);
  await serveConsole({
    ...{ folder, host, port, ...TIMES },
    onListening: () => console.log(`listening on ${host}:${port}`),
    onError: (error) => fail(new Error(describeListenError(error.code, { host, port, setting: "PORT" }))),
  });
} catch (error) {
  fail(error);
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}
