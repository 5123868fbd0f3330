/**
 * Keeps sample logs for builds of the demo account, as the console does when a build has ended:
 * `GOLDSMITH_DATA=<folder> node --conditions=react-server --import tsx scripts/bench-log-plant.mjs <file> ...`
 * Prints the address of each build's page, one a line. Samples that were kept before are given to builds that
 * have succeeded by now.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { ImagebuilderClient, ListImageBuildVersionsCommand } from "@aws-sdk/client-imagebuilder";
import { eq } from "drizzle-orm";
import { KeptLogs } from "../lib/build-log/kept/kept-logs.ts";
import { LogRecord } from "../lib/build-log/tail/log-record.ts";
import { openDatabase } from "../lib/db/database.ts";
import { keptLogParts } from "../lib/db/schema.ts";
import { startSimulator } from "../simulator/index.ts";

const files = process.argv.slice(2);
const owners = `${process.env.GOLDSMITH_DATA}/planted.json`;
const builds = (await demoBuilds()).slice(0, files.length);
const database = await openDatabase({ kind: "pglite", folder: `${process.env.GOLDSMITH_DATA}/database` });
if (existsSync(owners)) {
  const before = JSON.parse(readFileSync(owners, "utf8"));
  for (const [index, imageArn] of before.entries()) await give(imageArn, `sample ${index}`);
  for (const [index, imageArn] of builds.entries()) await give(`sample ${index}`, imageArn);
} else {
  const logs = new KeptLogs(async () => database);
  for (const [index, file] of files.entries()) {
    await logs.save({ targetId: "demo", imageArn: builds[index] }, readRecord(file), new Date());
  }
}
writeFileSync(owners, JSON.stringify(builds));
for (const imageArn of builds) console.log(`/demo/images/${imageArn.split(":image/")[1]}`);
await database.close();

async function give(from, to) {
  await database.orm.update(keptLogParts).set({ imageArn: to }).where(eq(keptLogParts.imageArn, from));
}

/** Builds that succeeded: a page of one that failed goes to its failure, not to its first line. */
async function demoBuilds() {
  const simulator = await startSimulator({ port: 0, seed: "demo", dataFolder: process.env.GOLDSMITH_DATA });
  const client = new ImagebuilderClient({
    endpoint: simulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: "111111111111", secretAccessKey: "any" },
  });
  const { imageSummaryList = [] } = await client.send(new ListImageBuildVersionsCommand({}));
  await simulator.close();
  return imageSummaryList.filter(({ state }) => state?.status === "AVAILABLE").map(({ arn }) => arn);
}

/** In pages as CloudWatch gives them: 10,000 events or 1 MB. */
function readRecord(file) {
  const record = new LogRecord();
  let page = [];
  let bytes = 0;
  for (const message of readFileSync(file, "utf8").trimEnd().split("\n")) {
    page.push({ timestamp: Date.parse(message.slice(0, 24)), message });
    bytes += Buffer.byteLength(message) + 26;
    if (page.length < 10_000 && bytes < 1_000_000) continue;
    record.append(page);
    page = [];
    bytes = 0;
  }
  record.append(page);
  return record;
}
