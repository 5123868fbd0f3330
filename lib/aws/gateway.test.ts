import {
  CancelImageCreationCommand,
  GetImageCommand,
  ListImagePipelinesCommand,
  UpdateImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, it } from "vitest";
import type { AwsCall } from "@/lib/telemetry/types";
import { manualClock } from "@/lib/testing/manual-clock";
import { type StubAnswer, type StubRequest, startStubAws } from "@/lib/testing/stub-aws";
import { startTestConsole } from "@/lib/testing/test-console";
import { createAwsGateway } from "./gateway";
import { rawJson } from "./raw-json";

const target = { id: "test", label: "Test", accountId: "222222222222", region: "us-east-1" };
const imageBuildVersionArn = "arn:aws:imagebuilder:us-east-1:222222222222:image/web/1.0.0/1";
const ok = (json: unknown): StubAnswer => ({ status: 200, json });
const throttle: StubAnswer = {
  status: 429,
  json: { message: "slow" },
  errorType: "CallRateLimitExceededException",
};
const outage: StubAnswer = {
  status: 503,
  json: { message: "down" },
  errorType: "ServiceUnavailableException",
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openStub(answer: (request: StubRequest, count: number) => StubAnswer) {
  const stub = await startStubAws(answer);
  closers.push(stub.close);
  const clock = manualClock();
  const calls: AwsCall[] = [];
  const gateway = createAwsGateway({
    aws: { endpoint: stub.url, credentials: "account-id" },
    clock,
    onCall: (call) => calls.push(call),
    random: () => 0.5,
  });
  return { stub, clock, calls, open: (id = "ana") => gateway.open(target, { id }) };
}

describe("a read", () => {
  const list = () => new ListImagePipelinesCommand({ maxResults: 25 });

  it("is sent once for ten who ask at the same time and shortly after, whoever they are", async () => {
    const { stub, open } = await openStub(() => ok({ imagePipelineList: [] }));
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => open(`viewer-${index}`).imageBuilder.read(list())),
    );
    await open().imageBuilder.read(list());
    expect(stub.requests).toHaveLength(1);
  });

  it("is sent again when it is no longer fresh, when the hint moves, or when the question differs", async () => {
    const { stub, clock, open } = await openStub(() => ok({ imagePipelineList: [] }));
    const { imageBuilder } = open();
    await imageBuilder.read(list());
    clock.advance(1_600);
    await imageBuilder.read(list());
    await imageBuilder.read(list(), { hint: "moved" });
    await imageBuilder.read(new ListImagePipelinesCommand({ maxResults: 24 }));
    expect(stub.requests).toHaveLength(4);
  });

  it("is never answered from before a write", async () => {
    const { stub, open } = await openStub(() => ok({ imagePipelineList: [] }));
    const { imageBuilder } = open();
    const before = imageBuilder.read(list());
    await imageBuilder.write(new CancelImageCreationCommand({ imageBuildVersionArn, clientToken: "t" }));
    await before;
    await imageBuilder.read(list());
    expect(stub.requests.filter(({ path }) => path.startsWith("/ListImagePipelines"))).toHaveLength(2);
  });

  it("waits out throttles, answers in the end and says that AWS slows the target down", async () => {
    const { stub, clock, calls, open } = await openStub((_, count) =>
      count < 3 ? throttle : ok({ imagePipelineList: [] }),
    );
    const access = open();
    expect(access.isSlowed()).toBe(false);
    await expect(access.imageBuilder.read(list())).resolves.toMatchObject({ imagePipelineList: [] });
    expect(stub.requests).toHaveLength(3);
    expect(calls.map(({ outcome }) => outcome)).toEqual(["throttled", "throttled", "ok"]);
    expect(clock.waits.length).toBeGreaterThan(0);
    expect(access.isSlowed()).toBe(true);
    clock.advance(11_000);
    expect(access.isSlowed()).toBe(false);
  });

  it("gives up after 20 s of throttles with a reason that is no error of the user's", async () => {
    const { clock, open } = await openStub(() => throttle);
    const startedAt = clock.now();
    await expect(open().imageBuilder.read(list())).rejects.toMatchObject({
      detail: { code: "slowed-by-aws" },
    });
    expect(clock.now() - startedAt).toBeLessThan(45_000);
  });

  it("is tried three times when AWS is down, and then says so with the request id", async () => {
    const { stub, open } = await openStub(() => outage);
    await expect(open().imageBuilder.read(list())).rejects.toMatchObject({
      detail: { code: "unavailable", requestId: "request-3" },
    });
    expect(stub.requests).toHaveLength(3);
  });

  it("names the IAM action that is missing, and asks once for all who are refused", async () => {
    const denial: StubAnswer = { status: 403, json: { message: "no" }, errorType: "ForbiddenException" };
    const { stub, open } = await openStub(() => denial);
    const ask = () => open().imageBuilder.read(new GetImageCommand({ imageBuildVersionArn }));
    const refused = { detail: { code: "access-denied", missingAction: "imagebuilder:GetImage" } };
    await Promise.all([
      expect(ask()).rejects.toMatchObject(refused),
      expect(ask()).rejects.toMatchObject(refused),
    ]);
    expect(stub.requests).toHaveLength(1);
  });

  it("keeps members that the SDK does not know", async () => {
    const image = {
      arn: imageBuildVersionArn,
      state: { status: "FAILED", failureContext: { failedStep: "X" } },
    };
    const { open } = await openStub(() => ok({ image }));
    const answer = await open().imageBuilder.read(new GetImageCommand({ imageBuildVersionArn }));
    expect(answer.image?.state).toEqual({ status: "FAILED" });
    expect(rawJson(answer)).toEqual({ image });
  });
});

describe("a write", () => {
  const cancel = (clientToken?: string) =>
    new CancelImageCreationCommand({ imageBuildVersionArn, clientToken });

  it("sends the body it is given, with members that the SDK does not know", async () => {
    const { stub, open } = await openStub(() => ok({}));
    const imagePipelineArn = "arn:aws:imagebuilder:us-east-1:222222222222:image-pipeline/web";
    const command = new UpdateImagePipelineCommand({
      imagePipelineArn,
      infrastructureConfigurationArn: "arn:infrastructure",
      clientToken: "t",
    });
    const body = { imagePipelineArn, brandNew: { deep: [1] }, clientToken: "t" };
    await open().imageBuilder.write(command, { body });
    expect(stub.requests[0]?.body).toEqual(body);
  });

  it("is sent again with the same token when AWS fails, so that it happens once", async () => {
    const { stub, open } = await openStub((_, count) => (count < 3 ? outage : ok({})));
    await open().imageBuilder.write(cancel("token-1"));
    expect(stub.requests.map(({ body }) => body.clientToken)).toEqual(["token-1", "token-1", "token-1"]);
  });

  it("without a token is not sent twice when AWS may have carried it out", async () => {
    const { stub, open } = await openStub(() => outage);
    await expect(open().imageBuilder.write(cancel())).rejects.toMatchObject({
      detail: { code: "unavailable" },
    });
    expect(stub.requests).toHaveLength(1);
  });

  it("is never answered for another one", async () => {
    const { stub, open } = await openStub(() => ok({}));
    await Promise.all([open().imageBuilder.write(cancel("a")), open().imageBuilder.write(cancel("a"))]);
    expect(stub.requests).toHaveLength(2);
  });
});

describe("a target with a role", () => {
  it("is written to in the actor's name and read in the console's", async () => {
    const roleArn = "arn:aws:iam::222222222222:role/Goldsmith";
    const testConsole = await startTestConsole({ roleArn });
    closers.push(testConsole.close);
    const { aws } = testConsole.contextOf({ role: "admin", target: "*" });
    const writer = await aws.sts.write(new GetCallerIdentityCommand({}));
    const reader = await aws.sts.read(new GetCallerIdentityCommand({}));
    expect(writer.Arn).toBe("arn:aws:sts::222222222222:assumed-role/Goldsmith/goldsmith-ana@example.com");
    expect(reader.Arn).toBe("arn:aws:sts::222222222222:assumed-role/Goldsmith/goldsmith");
  });
});
