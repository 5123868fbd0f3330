/** `npm run lint-component -- FILE...`: what the component editor would say, on the command line. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { lintDocument } from "../lib/component-document/lint-document";
import type { Finding, Platform } from "../lib/component-document/types";

const usage = `Checks AWSTOE component documents.

  npm run lint-component -- [--platform Linux|Windows|macOS] [--json] FILE...

FILE may be - for standard input. The exit code is 1 when there is an error, 2 when a file cannot be read.`;

const platforms: readonly Platform[] = ["Linux", "Windows", "macOS"];

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        platform: { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

const { values, positionals } = readArguments();
if (values.help || positionals.length === 0) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
const platform = platforms.find((name) => name.toLowerCase() === values.platform?.toLowerCase());
if (values.platform !== undefined && platform === undefined) {
  console.error(`There is no platform ${values.platform}: it is one of ${platforms.join(", ")}.`);
  process.exit(2);
}

const results: { file: string; findings: Finding[] }[] = [];
let unreadable = false;
for (const file of positionals) {
  try {
    const text = readFileSync(file === "-" ? 0 : file, "utf8");
    results.push({ file, findings: lintDocument(text, { platform }) });
  } catch (error) {
    unreadable = true;
    console.error(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

if (values.json) console.log(JSON.stringify(results, null, 2));
else {
  for (const { file, findings } of results) {
    for (const { line, column, severity, rule, message } of findings) {
      console.log(`${file}:${line}:${column} ${severity} ${rule} ${message}`);
    }
  }
  const all = results.flatMap(({ findings }) => findings);
  const count = (severity: Finding["severity"]) =>
    all.filter((finding) => finding.severity === severity).length;
  const what = results.length === 1 ? basename(results[0]?.file ?? "") : `${results.length} files`;
  console.log(`${what}: ${count("error")} errors, ${count("warning")} warnings, ${count("info")} notes`);
}

const failed = results.some(({ findings }) => findings.some(({ severity }) => severity === "error"));
process.exitCode = unreadable ? 2 : failed ? 1 : 0;
