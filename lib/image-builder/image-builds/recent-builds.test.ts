import { afterAll, beforeAll, expect, it } from "vitest";
import { LOCAL_ADMINISTRATOR } from "@/lib/auth/local-administrator";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import { openDatabase } from "@/lib/db/database";
import { getOverview } from "@/lib/overview/get-overview";
import { listPipelines } from "@/lib/overview/list-pipelines";
import { manualClock } from "@/lib/testing/manual-clock";
import { type StubAnswer, startStubAws } from "@/lib/testing/stub-aws";
import { contextIn, type UseCaseContext } from "@/lib/use-case/use-case-context";
import { runPipeline } from "../pipelines/run-pipeline";

/** An AWS whose lists lag: it has started the build, and says so to nobody who asks. */
const pipelineArn = "arn:aws:imagebuilder:us-east-1:111111111111:image-pipeline/web";
const buildArn = "arn:aws:imagebuilder:us-east-1:111111111111:image/web/1.0.0/7";
const ANSWERS: Record<string, unknown> = {
  "/ListImagePipelines": { imagePipelineList: [{ arn: pipelineArn, name: "web", status: "ENABLED" }] },
  "/ListImageBuildVersions": { imageSummaryList: [] },
  "/ListImagePipelineImages": { imageSummaryList: [] },
  "/StartImagePipelineExecution": { imageBuildVersionArn: buildArn },
  "/ListWorkflowExecutions": { workflowExecutions: [] },
  "/ListWaitingWorkflowSteps": { steps: [] },
};
const notYet: StubAnswer = { status: 404, json: { message: "no" }, errorType: "ResourceNotFoundException" };

const clock = manualClock();
let ctx: UseCaseContext;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const stub = await startStubAws(({ path }) => {
    const json = ANSWERS[path.split("?")[0] ?? ""];
    return json ? { status: 200, json } : notYet;
  });
  const database = await openDatabase({ kind: "memory" });
  closers.push(stub.close, database.close);
  const config = readConfig({});
  const aws = createAwsGateway({ aws: { endpoint: stub.url, credentials: "account-id" }, clock });
  const runtime = { config, clock, database: async () => database, aws };
  ctx = contextIn(runtime, { targetId: "demo", actor: LOCAL_ADMINISTRATOR });
}, 60_000);
afterAll(async () => {
  for (const close of closers) await close();
});

it("a build started here is shown from the start call's own answer while AWS's lists lag, and not for ever", async () => {
  await runPipeline({ ctx, input: { name: "web" } });
  const [pipeline] = (await listPipelines({ ctx })).pipelines;
  const started = { name: "web", version: "1.0.0", build: "7", status: "PENDING", pipelineName: "web" };
  expect(pipeline?.lastBuild).toMatchObject(started);
  expect((await getOverview({ ctx })).running).toMatchObject([started]);

  clock.advance(6 * 60_000);
  expect((await listPipelines({ ctx })).pipelines[0]?.lastBuild).toBeUndefined();
});
