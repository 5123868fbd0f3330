/**
 * Writes what CloudFormation, Terraform and the AWS CLI can say into the table that the console's export follows.
 *
 * Usage: npm run as-code-words              reads the schemas and writes the table
 *        npm run as-code-words -- --check   says which of them have a newer version: 0 none, 1 some, 2 could not look
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cliWords, cloudFormationWords, terraformWords } from "./as-code-words.mjs";

const file = fileURLToPath(new URL("../lib/as-code/tool-words.gen.json", import.meta.url));

if (process.argv.includes("--check")) process.exitCode = check();
else {
  const table = { cloudFormation: cloudFormationWords(), terraform: terraformWords(), cli: cliWords() };
  writeFileSync(file, `${JSON.stringify(table)}\n`);
  for (const [tool, { source }] of Object.entries(table))
    console.log(`${tool}: ${Object.values(source).join(" ")}`);
}

function check() {
  let code = 0;
  for (const [tool, { source }] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
    const newest = newestOf(source.package);
    if (newest === source.version) console.log(`${tool}: ${source.package} ${source.version} is the newest.`);
    else if (newest)
      console.log(`${tool}: ${source.package} ${newest} is out; the table is of ${source.version}.`);
    else console.log(`${tool}: could not look for a newer ${source.package} than ${source.version}.`);
    if (!newest) code = 2;
    else if (newest !== source.version && code === 0) code = 1;
  }
  return code;
}

function newestOf(name) {
  try {
    return execFileSync("npm", ["view", name, "version"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 30_000,
    }).trim();
  } catch {
    return undefined;
  }
}
