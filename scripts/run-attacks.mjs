import "./require-node.mjs";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "./prepare-project.mjs";
import { runCommand } from "./run-command.mjs";

// `npm run attacks`: tries every attack on sign-in, on the proxy's token, on the gate, and on the
// console's time and memory that the tests know, and counts.
const PLACES = [
  "lib/auth/oidc",
  "lib/auth/proxy",
  "lib/auth/own-host",
  "lib/auth/return-path",
  "lib/http/request-gate",
  "lib/http/stamp-requests",
  "lib/http/still-entitled",
  "lib/http/who-is-who",
  "lib/http/inside-only",
  "lib/core/csv",
  "lib/http/given-back",
  "lib/aws/fair-shares",
  "lib/build-log/diagnosis/pattern-workers",
  "lib/build-log/whole-logs",
  "lib/authoring/drafts/room-for-drafts",
];
/** How the title of a test says that it is an attack. */
const ATTACK = [
  "lets nobody in|refuses|does not answer at|goes home instead of|nobody's|worthless|cannot be taken over",
  "is done in time with every|ends a pattern that|is given back, in whatever|keeps nobody|never has a write wait",
  "lets one person wait|holds no more than|has a bounded number|have bounded bytes",
].join("|");
const LEAST = 150;

process.chdir(projectRoot);
const report = join(projectRoot, ".cache/attacks.json");
mkdirSync(join(projectRoot, ".cache"), { recursive: true });
const { ok, output } = await runCommand(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config=lib/testing/vitest.config.ts",
    `--testNamePattern=${ATTACK}`,
    "--reporter=json",
    `--outputFile=${report}`,
    ...PLACES,
  ],
  { quiet: true },
);
if (!ok || !existsSync(report)) console.error(output.trim());

const { testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
let tried = 0;
let accepted = 0;
for (const { name, assertionResults } of testResults) {
  const attacks = assertionResults.filter(({ status }) => status === "passed" || status === "failed");
  if (attacks.length === 0) continue;
  const failed = attacks.filter(({ status }) => status === "failed");
  tried += attacks.length;
  accepted += failed.length;
  console.log(`${String(attacks.length).padStart(5)}  ${relative(projectRoot, name)}`);
  for (const { fullName } of failed) console.log(`       accepted: ${fullName}`);
}
console.log(`${tried} attacks tried, ${accepted} accepted`);
process.exitCode = ok && accepted === 0 && tried >= LEAST ? 0 : 1;
