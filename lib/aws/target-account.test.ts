import { ListImagesCommand, StartImagePipelineExecutionCommand } from "@aws-sdk/client-imagebuilder";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { Target } from "@/lib/core/target";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { manualClock } from "@/lib/testing/manual-clock";
import { type StubAnswer, startStubAws } from "@/lib/testing/stub-aws";
import { createAwsGateway } from "./gateway";

const TARGET: Target = { id: "prod", label: "Production", accountId: "111111111111", region: "us-east-1" };
const ANA = { id: "ana" };
const run = () =>
  new StartImagePipelineExecutionCommand({
    imagePipelineArn: "arn:aws:imagebuilder:us-east-1:111111111111:image-pipeline/web",
    clientToken: "0f8fad5b-d9cb-469f-a165-70867728950e",
  });

const identity = (account: string): StubAnswer => ({
  status: 200,
  json: undefined,
  xml: `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account><Arn>arn:aws:sts::${account}:assumed-role/builder/goldsmith</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});
const failure = (code: string, status: number): StubAnswer => ({
  status,
  json: undefined,
  xml: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** A console's way to an AWS whose STS answers what the test says at that moment. */
async function connect(sts: () => StubAnswer, target: Target = TARGET) {
  const stub = await startStubAws(
    ({ text }) => (text.startsWith("Action=") ? sts() : { status: 200, json: {} }),
    { answersForAccounts: false },
  );
  opened.push(stub);
  const clock = manualClock();
  const gateway = createAwsGateway({
    aws: { endpoint: stub.url, credentials: "account-id" },
    clock,
    random: () => 0,
  });
  const asked = (part: string) =>
    stub.requests.filter(({ text, path }) => text.includes(part) || path.includes(part)).length;
  return { aws: gateway.open(target, ANA), clock, asked };
}

describe("before the first write to a target", () => {
  it("AWS confirms the account, once for 15 minutes", async () => {
    const { aws, clock, asked } = await connect(() => identity("111111111111"));
    expect(aws.knownAccount().state).toBe("not-known");
    await Promise.all([aws.imageBuilder.write(run()), aws.imageBuilder.write(run())]);
    await aws.inRegion("eu-west-1").imageBuilder.write(run());
    expect(asked("GetCallerIdentity")).toBe(1);
    expect(asked("StartImagePipelineExecution")).toBe(3);
    expect(aws.knownAccount()).toMatchObject({ state: "confirmed", accountId: "111111111111" });
    clock.advance(15 * MINUTE_MS);
    await aws.imageBuilder.write(run());
    expect(asked("GetCallerIdentity")).toBe(2);
  });

  it("any other account that AWS names refuses it, in words that say what to change; reads go on", async () => {
    let account = "111111111111";
    const { aws, asked } = await connect(() => identity(account));
    const digits = fc.stringMatching(/^\d{12}$/).filter((other) => other !== TARGET.accountId);
    await fc.assert(
      fc.asyncProperty(digits, async (other) => {
        account = other;
        const refusal = await aws.imageBuilder.write(run()).catch((error: unknown) => error);
        expect(refusal).toMatchObject({ detail: { code: "wrong-account" } });
        for (const part of ['"prod"', TARGET.accountId, other, "accountId", "GOLDSMITH_TARGETS"])
          expect(String(refusal)).toContain(part);
      }),
      { numRuns: 20 },
    );
    expect(asked("StartImagePipelineExecution")).toBe(0);
    await aws.imageBuilder.read(new ListImagesCommand({}));
    expect(asked("ListImages")).toBe(1);
    // Put right while the console runs, such as by a new sign-in in the same shell.
    account = TARGET.accountId;
    await aws.imageBuilder.write(run());
    expect(asked("StartImagePipelineExecution")).toBe(1);
  });

  it.each([
    ["is away", failure("ServiceUnavailable", 503)],
    ["refuses the credentials", failure("InvalidClientTokenId", 403)],
    ["names no account", identity("")],
    ["answers something else", { status: 200, json: {} }],
  ])("where STS %s, the account is not known and nothing is sent", async (_, answer) => {
    const { aws, asked } = await connect(() => answer);
    await expect(aws.imageBuilder.write(run())).rejects.toMatchObject({
      detail: { code: "unavailable", message: expect.stringContaining("it is not known") },
    });
    expect(aws.knownAccount().state).toBe("not-known");
    expect(asked("StartImagePipelineExecution")).toBe(0);
  });

  it("what was confirmed stays so while STS is away", async () => {
    let answer = identity("111111111111");
    const { aws, clock, asked } = await connect(() => answer);
    await aws.imageBuilder.write(run());
    answer = failure("ServiceUnavailable", 503);
    clock.advance(HOUR_MS);
    await aws.imageBuilder.write(run());
    expect(asked("StartImagePipelineExecution")).toBe(2);
    answer = identity("222222222222");
    await expect(aws.imageBuilder.write(run())).rejects.toMatchObject({ detail: { code: "wrong-account" } });
  });

  it("every service's writes ask; STS itself does not", async () => {
    const { aws, asked } = await connect(() => identity("222222222222"));
    const { share: _, inRegion: __, refusedCalls: ___, isSlowed: ____, unanswered: _____, ...rest } = aws;
    const services = Object.entries(rest).filter(([, service]) => typeof service === "object");
    expect(services.length).toBeGreaterThan(10);
    for (const [name, service] of services) {
      if (name === "sts" || typeof service === "function") continue;
      await expect(service.write(run()), name).rejects.toMatchObject({ detail: { code: "wrong-account" } });
    }
    await aws.sts.write(new GetCallerIdentityCommand({}));
    expect(asked("StartImagePipelineExecution")).toBe(0);
  });
});
