/**
 * `npm run bench:fleet`: 5,000 instances in 400 groups over 10 targets; how long a fleet page takes from the kept
 * inventory, and what a reading of AWS costs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import {
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  DescribeImagesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { startConsole, stopConsole } from "./bench-console.mjs";
import { inWords, timeRounds } from "./bench-history-times";

const TARGETS = 10;
const GROUPS_EACH = 40;
const INSTANCES_EACH = 500;
const ROUNDS = 100;
/** One group in four is pinned to a number, which costs a call for each template. */
const PINNED_EVERY = 4;
const PORT = Number(process.env.BENCH_PORT ?? 3290);
const region = "us-east-1";
const targets = Array.from({ length: TARGETS }, (_, number) => ({
  id: `t${number}`,
  label: `t${number}`,
  accountId: String(200_000_000_000 + number),
  region,
}));
const origin = `http://127.0.0.1:${PORT}`;

const data = mkdtempSync(join(tmpdir(), "goldsmith-bench-fleet-"));
const server = await startConsole({
  port: PORT,
  data,
  env: {
    GOLDSMITH_TARGETS: JSON.stringify(targets),
    GOLDSMITH_SIMULATOR_SEED: "empty",
    GOLDSMITH_LOG_LEVEL: "error",
    GOLDSMITH_HISTORY_RATE: "0",
    // Only what is asked for is read, so that its calls can be counted.
    GOLDSMITH_FLEET_MINUTES: "0",
  },
});
try {
  for (const { accountId } of targets) await plant(accountId);
  const before = await callsSoFar();
  const firstTimes = await timeRounds(TARGETS, nextOf("/api/{}/fleet"));
  const calls = (await callsSoFar()) - before;
  const kept = await timeRounds(ROUNDS, nextOf("/{}/fleet"));
  const route = await timeRounds(ROUNDS, nextOf("/api/{}/fleet"));
  console.log(
    `${TARGETS * INSTANCES_EACH} instances in ${TARGETS * GROUPS_EACH} groups over ${TARGETS} targets; load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`,
  );
  console.log(`  first reading of a target  ${inWords(firstTimes)}   ${calls / TARGETS} calls of AWS`);
  console.log(`  page from what is kept     ${inWords(kept)}   ${await bytesOf("/t0/fleet")} bytes`);
  console.log(`  its route                  ${inWords(route)}   ${await bytesOf("/api/t0/fleet")} bytes`);
} finally {
  await stopConsole(server);
  rmSync(data, { recursive: true, force: true });
}

async function plant(accountId: string): Promise<void> {
  const options = {
    endpoint: `http://127.0.0.1:${PORT + 1}`,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: "any" },
  };
  const [scaling, ec2] = [new AutoScalingClient(options), new EC2Client(options)];
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const source = { SourceImageId: Images?.[0]?.ImageId ?? "", SourceRegion: region };
  const { ImageId } = await ec2.send(new CopyImageCommand({ Name: "server", ...source }));
  for (let number = 0; number < GROUPS_EACH; number++) {
    const LaunchTemplateName = `service-${number}`;
    await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData: { ImageId } }));
    // 12 in one group and 13 in the next.
    const count = Math.floor(INSTANCES_EACH / GROUPS_EACH) + (number % 2);
    await scaling.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: LaunchTemplateName,
        LaunchTemplate: { LaunchTemplateName, Version: number % PINNED_EVERY === 0 ? "1" : "$Latest" },
        MinSize: count,
        MaxSize: count,
      }),
    );
  }
  scaling.destroy();
  ec2.destroy();
}

/** Asks one target after another; a failure ends the run. */
function nextOf(path: string): () => Promise<string> {
  let round = 0;
  return () => read(path.replace("{}", `t${round++ % TARGETS}`));
}

async function read(path: string): Promise<string> {
  const response = await fetch(origin + path);
  const text = await response.text();
  if (!response.ok || !text.includes("service-0")) throw new Error(`${path}: ${response.status} ${text}`);
  return text;
}

async function bytesOf(path: string): Promise<number> {
  return Buffer.byteLength(await read(path));
}

async function callsSoFar(): Promise<number> {
  const text = await (await fetch(`${origin}/api/metrics`)).text();
  return [...text.matchAll(/^goldsmith_aws_calls_total\{.*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
