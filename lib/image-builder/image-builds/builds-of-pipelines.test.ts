import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import { systemClock } from "@/lib/core/clock";
import { DAY_MS } from "@/lib/core/time";
import { openDatabase } from "@/lib/db/database";
import { startStubAws } from "@/lib/testing/stub-aws";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { allPipelines } from "../pipelines/all-pipelines";
import { listPipelines } from "../pipelines/list-pipelines";
import { buildsOfPipelines } from "./builds-of-pipelines";

/** More pipelines than AWS's budget lets one ask about at once; the one with the highest number ran last. */
const COUNT = 150;
const HEAD = "arn:aws:imagebuilder:us-east-1:111111111111";
const dayOf = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * DAY_MS).toISOString();
const imagePipelineList = Array.from({ length: COUNT }, (_, number) => ({
  arn: `${HEAD}:image-pipeline/p-${number}`,
  name: `p-${number}`,
  status: "ENABLED",
  dateLastRun: dayOf(number),
}));
const asked: string[] = [];

let ctx: UseCaseContext;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const stub = await startStubAws(({ path, text }) => {
    if (!path.startsWith("/ListImagePipelineImages")) return { status: 200, json: { imagePipelineList } };
    const [, number = ""] = /p-(\d+)/.exec(text) ?? [];
    asked.push(number);
    const image = {
      arn: `${HEAD}:image/web-${number}/1.0.0/1`,
      name: `web-${number}`,
      state: { status: "AVAILABLE" },
      dateCreated: dayOf(Number(number)),
    };
    return { status: 200, json: { imageSummaryList: [image] } };
  });
  const database = await openDatabase({ kind: "memory" });
  closers.push(stub.close, database.close);
  const aws = createAwsGateway({
    aws: { endpoint: stub.url, credentials: "account-id" },
    clock: systemClock,
    patienceMs: Number.POSITIVE_INFINITY,
  });
  const runtime = { config: readConfig({}), clock: systemClock, database: async () => database, aws };
  ctx = contextIn(runtime, { targetId: "demo", actor: LOCAL_ADMINISTRATOR });
}, 60_000);
afterAll(async () => {
  for (const close of closers) await close();
});

it("of very many pipelines gives what AWS's budget lets one know at once, those that ran last first, and all in the end", async () => {
  const pipelines = await allPipelines(ctx);
  const first = await buildsOfPipelines(ctx, pipelines);
  expect(asked.slice(0, 10).every((number) => Number(number) > COUNT - 30)).toBe(true);
  expect(first.size).toBeGreaterThanOrEqual(90);
  expect(first.size).toBeLessThan(COUNT);
  const listed = await listPipelines({ ctx });
  expect(listed).toHaveLength(COUNT);
  expect(listed.every(({ lastBuild, buildsAreRead }) => buildsAreRead === (lastBuild !== undefined))).toBe(
    true,
  );

  const second = await buildsOfPipelines(ctx, pipelines);
  expect([...second.keys()].toSorted()).toEqual(pipelines.map(({ arn }) => arn).toSorted());
  expect(second.get(`${HEAD}:image-pipeline/p-7`)).toMatchObject([{ name: "web-7", pipelineName: "p-7" }]);
  expect(asked.length, "each is asked about once").toBe(COUNT);
}, 60_000);
