import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type AuditRow, findAuditRows } from "@/lib/audit/find-audit-rows";
import { queryWithin } from "@/lib/audit-trail/audit-reach";
import { permits } from "@/lib/auth/permissions";
import { nameInArn } from "@/lib/core/arn";
import { HOUR_MS } from "@/lib/core/time";
import { answerQuestion } from "@/lib/history/answer-question";
import { whoStartedBuild } from "@/lib/history/sync/who-started-build";
import { runPipeline } from "@/lib/image-builder/pipelines/run-pipeline";
import { keepBuilds, makeBuilds } from "./history-rows";
import { createSamplePipeline } from "./sample-pipeline";
import { startTestConsole, type TestConsole } from "./test-console";

// What a list filtered by the database shows is what the console permits one by one: one rule for names, twice.

/** Names as people type them, so short that they share beginnings, and letters that languages disagree about. */
const letters = fc.constantFrom(..."abkABKis019 _-".split(""));
const odd = fc.constantFrom(
  "\u212a",
  "\u0130",
  "\u0131",
  "\u017f",
  "\u00e9",
  "\u00c9",
  "\u00a0",
  "\ufeff",
  "\u2003",
  "'",
  "\\",
  "%",
  "/",
  ":",
  "\n",
);
const plainName = fc.string({ unit: letters, minLength: 1, maxLength: 6 });
const anyName = fc.string({
  unit: fc.oneof({ weight: 4, arbitrary: letters }, odd),
  minLength: 1,
  maxLength: 6,
});

/** What an audit row is about: a name, an ARN of any kind and shape, or neither. */
const resource = fc
  .tuple(
    anyName,
    fc.constantFrom(
      "NAME",
      "NAME/1.0.0/2",
      "a/NAME",
      "/a/NAME",
      ...arnsWith("image-pipeline/NAME", "image-recipe/NAME/1.0.0", "image/NAME/1.0.0/2"),
    ),
    fc.constantFrom(
      "NAME",
      ...arnsWith(
        "workflow/build/NAME/1.0.0/1",
        "workflow//NAME",
        "workflow/NAME",
        "image/NAME/1/2/3",
        "image/NAME/",
      ),
    ),
    fc.boolean(),
  )
  .map(([name, one, other, first]) => (first ? one : other).replace("NAME", () => name));

function arnsWith(...resources: string[]): string[] {
  const places = [
    "arn:aws:imagebuilder:us-east-1:111111111111",
    "arn:aws-cn:imagebuilder::",
    "arn:aws:s3:::",
    "arn:aws:imagebuilder:us-east-1:1\u00a01",
  ];
  return resources.flatMap((each) => places.map((place) => `${place}:${each}`));
}

/** Beginnings of names, as an administrator may have typed them. */
const prefixesOf = (names: string[]) =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom(...names),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom("as-it-is", "upper", "lower", "_", " ", "-"),
      )
      .map(([name, length, form]) => {
        const prefix = name.slice(0, length);
        if (form === "upper") return prefix.toUpperCase();
        if (form === "lower") return prefix.toLowerCase();
        return form === "as-it-is" ? prefix : prefix.replaceAll(/[ _-]/g, form);
      }),
    { minLength: 1, maxLength: 2 },
  );

const RESOURCES = fc.sample(resource, { numRuns: 120, seed: 11 });
const PIPELINES = [...new Set(fc.sample(plainName, { numRuns: 40, seed: 12 }))];

let testConsole: TestConsole;
let stored: AuditRow[];
beforeAll(async () => {
  testConsole = await startTestConsole();
  const ctx = testConsole.contextOf();
  for (const each of RESOURCES)
    await ctx.audit.record({ action: "run-pipeline", resource: each, result: "refused" });
  const database = await ctx.database();
  stored = await findAuditRows(database, {}, { limit: 1_000 });
  const fromMs = ctx.clock.now() - 20 * 24 * HOUR_MS;
  const made = { targetId: "test", count: 400, fromMs, stepMs: HOUR_MS, timeZone: "UTC", seed: 3 };
  await keepBuilds(database.orm, makeBuilds({ ...made, pipelines: PIPELINES }));
}, 60_000);
afterAll(() => testConsole.close());

const actorWith = (role: "admin" | "viewer", prefixes: string[]) =>
  testConsole.contextOf(...prefixes.map((namePrefix) => ({ role, target: "test", namePrefix })));

it("the audit shows the rows whose names the grants cover, and no other", { timeout: 60_000 }, async () => {
  expect(stored.length).toBeGreaterThanOrEqual(RESOURCES.length);
  await fc.assert(
    fc.asyncProperty(prefixesOf(RESOURCES.map(nameInArn)), async (prefixes) => {
      const ctx = actorWith("admin", prefixes);
      const shown = await findAuditRows(await ctx.database(), await queryWithin(ctx, {}), { limit: 1_000 });
      const permitted = stored.filter(
        ({ resource: about }) =>
          about !== null && permits(ctx.actor, "list-audit-rows", "test", nameInArn(about)),
      );
      expect(shown.map(({ resource: about }) => about)).toEqual(
        permitted.map(({ resource: about }) => about),
      );
    }),
    { numRuns: 60 },
  );
});

it("the history counts the pipelines that the grants cover, and no other", { timeout: 60_000 }, async () => {
  const all = await answerQuestion({ ctx: testConsole.contextOf(), input: { show: "health", state: {} } });
  const known = all.pipelines.map(({ pipeline }) => pipeline);
  expect(known.length).toBeGreaterThan(20);
  await fc.assert(
    fc.asyncProperty(prefixesOf(PIPELINES), async (prefixes) => {
      const ctx = actorWith("viewer", prefixes);
      const { pipelines } = await answerQuestion({ ctx, input: { show: "health", state: {} } });
      const permitted = known.filter((name) => permits(ctx.actor, "get-pipeline", "test", name));
      expect(pipelines.map(({ pipeline }) => pipeline).toSorted()).toEqual(permitted.toSorted());
    }),
    { numRuns: 15 },
  );
});

it("who started a build is known, whichever way the pipeline's name was written", async () => {
  const ctx = testConsole.contextOf();
  await createSamplePipeline(testConsole.imageBuilder, { name: "Web Base" });
  for (const name of ["Web Base", "web-base"]) {
    await runPipeline({ ctx, input: { name } });
    const query = { action: "run-pipeline", result: "succeeded" } as const;
    const [row] = await findAuditRows(await ctx.database(), query, { limit: 1 });
    const after = row?.after as { imageBuildVersionArn: string } | undefined;
    const started = {
      arn: after?.imageBuildVersionArn ?? "",
      buildType: "USER_INITIATED",
      pipelineName: "Web Base",
    };
    expect(await whoStartedBuild(ctx, started)).toBe(ctx.actor.name);
  }
});
