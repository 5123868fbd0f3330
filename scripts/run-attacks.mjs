import "./require-node.mjs";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "./prepare-project.mjs";
import { runCommand } from "./run-command.mjs";

// `npm run attacks`: tries the attacks that the tests know, kind by kind, and counts those that were accepted.
// A test is an attack by the file that it is in and by its title; a property test counts once, whatever it generates.
const KINDS = [
  [
    "sign-in, and who somebody is",
    ["lib/auth/oidc/oidc-sessions", "lib/auth/oidc/session", "lib/auth/oidc/backchannel", "lib/auth/proxy"],
    ["lib/auth/tokens", "lib/http/who-is-who", "lib/http/still-entitled"],
  ],
  ["what providers and people do differently", ["lib/auth/oidc/provider-variants"]],
  [
    "the gate, addresses and what leaves the console",
    ["lib/auth/own-host", "lib/auth/return-path", "lib/http/request-gate", "lib/http/stamp-requests"],
    ["lib/http/inside-only", "lib/core/csv", "lib/notifications/outside-request"],
    ["lib/notifications/payloads", "lib/api/hostile-requests", "lib/http/door-or-next"],
  ],
  [
    "text that a database, a hash or a row cannot take",
    ["lib/audit/hostile-rows", "lib/core/canonical-text", "lib/fleet/amis/hostile-amis"],
    ["lib/activity/feed-texts"],
  ],
  [
    "names that the console reads later",
    ["lib/testing/named-things", "lib/testing/name-scopes", "lib/authoring/drafts/names-of-one-team"],
    ["lib/image-builder/step-evidence", "lib/fleet/roll-outs/groups-of-two-teams", "lib/api/api-access"],
    ["lib/fleet/amis/amis-of-two-teams", "lib/api/feeds"],
  ],
  [
    "text that keeps the console busy",
    ["lib/build-log/diagnosis/pattern-workers", "lib/component-document/lint-work"],
    ["lib/testing/every-pattern", "lib/image-builder/resources/field-failure"],
    ["lib/workflow-document/workflow-work"],
  ],
  [
    "one person's cost to all",
    ["lib/http/given-back", "lib/aws/fair-shares", "lib/build-log/whole-logs"],
    ["lib/authoring/drafts/room-for-drafts", "lib/build-log/tail/open-logs"],
    ["lib/api/token-limits", "lib/notifications/person-limits"],
  ],
].map(([kind, ...places]) => ({ kind, places: places.flat() }));
/** How the title of a test says that it is an attack; what has no such title tries what is allowed. */
const ATTACK = [
  "lets nobody in|refuses|refused|does not answer at|goes home instead of|nobody's|worthless|cannot be taken over",
  "is done in time with every|ends a pattern that|is given back, in whatever|keeps nobody|never has a write wait",
  "lets one person wait|holds no more than|has a bounded number|have bounded bytes|does not believe|by nobody",
  "nothing of the other's|keeps to what Slack takes|is bounded and well-formed|about as much work|for text, whatever",
  "whatever|is closed to|leads from one build into no other|is its person's|lets nobody|and no other",
  "hold at most|never reaches further|shrink with|shrink when|is paused|is found without asking",
  "no team can|reads nowhere|for no other route|refuse every other|says? each .* text and nothing more",
  "stops at aliases|about as much as|is one for all tokens|bounds receivers|are all that a feed key opens",
].join("|");
const LEAST = 600;

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
    ...KINDS.flatMap(({ places }) => places),
  ],
  { quiet: true },
);
if (!ok || !existsSync(report)) console.error(output.trim());

const { testResults = [] } = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
let tried = 0;
let accepted = 0;
// A place without a single attack was not tried: a file was renamed, or did not start.
const untried = [];
for (const { kind, places } of KINDS) {
  const attacks = places.flatMap((place) => {
    const found = attacksIn(place);
    if (found.length === 0) untried.push(place);
    return found;
  });
  const failed = attacks.filter(({ status }) => status === "failed");
  tried += attacks.length;
  accepted += failed.length;
  console.log(`${String(attacks.length).padStart(5)}  ${kind}`);
  for (const { fullName, failureMessages } of failed) {
    const isLate = failureMessages.some((message) => message.includes("STACK_TRACE_ERROR"));
    console.log(`       ${isLate ? "did not end" : "accepted"}: ${fullName}`);
  }
}
for (const place of untried) console.log(`       not tried: ${place}`);
console.log(`${tried} attacks tried, ${accepted} accepted`);
process.exitCode = ok && untried.length === 0 && accepted === 0 && tried >= LEAST ? 0 : 1;

function attacksIn(place) {
  return testResults
    .filter(({ name }) => relative(projectRoot, name).startsWith(place))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed" || status === "failed");
}
