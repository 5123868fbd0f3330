import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Grant } from "@/lib/core/actor";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import { previewLifecyclePolicy } from "@/lib/image-builder/lifecycle/preview-lifecycle-policy";
import { createResource } from "@/lib/image-builder/resources/create-resource";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { planDeletion } from "@/lib/image-builder/resources/plan-deletion";
import { updateResource } from "@/lib/image-builder/resources/update-resource";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { checkDraft } from "../preflight/check-draft";
import { runPreflight } from "../preflight/run-preflight";
import { CHECKED_STEPS } from "../preflight/types";
import { createDraft } from "./create-draft";
import { discardDraft } from "./discard-draft";
import { getDraft } from "./get-draft";
import { listDrafts } from "./list-drafts";
import { saveDraft } from "./save-draft";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "web-base" });
  await createSamplePipeline(testConsole.imageBuilder, { name: "db-base", command: "echo db-password" });
});
afterAll(() => testConsole.close());
beforeEach(() => testConsole.clock.advance(120_000));

const only = (role: Grant["role"], namePrefix: string): Grant => ({ role, target: "*", namePrefix });
const webAuthor = () => testConsole.contextOf(only("author", "web-"));
const arn = (tail: string) => `arn:aws:imagebuilder:us-east-1:222222222222:${tail}`;
const forbidden = { detail: { code: "forbidden" } };
const DB_RECIPE = arn("image-recipe/db-base-recipe/1.0.0");
const WEB_RECIPE = arn("image-recipe/web-base-recipe/1.0.0");
const pipeline = (more: Record<string, string>) => ({
  name: "web-thief",
  imageRecipeArn: WEB_RECIPE,
  infrastructureConfigurationArn: arn("infrastructure-configuration/web-base-infrastructure"),
  ...more,
});
const recipe = (more: object) => ({
  name: "web-thief",
  semanticVersion: "1.0.0",
  parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
  components: [{ componentArn: arn("component/web-base-component/1.0.0") }],
  ...more,
});

describe("whose role covers the names of one team", () => {
  it.each([
    ["recipe", pipeline({ imageRecipeArn: DB_RECIPE })],
    [
      "infrastructure",
      pipeline({
        infrastructureConfigurationArn: arn("infrastructure-configuration/db-base-infrastructure"),
      }),
    ],
    [
      "distribution",
      pipeline({ distributionConfigurationArn: arn("distribution-configuration/db-base-distribution") }),
    ],
  ])("refuses a pipeline of theirs with another team's %s, on record", async (_, input) => {
    const work = createResource({ ctx: webAuthor(), input: { kind: "image-pipeline", input } });
    await expect(work).rejects.toMatchObject(forbidden);
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      result: "refused",
      action: "get-resource",
    });
  });

  it.each([
    ["component", recipe({ components: [{ componentArn: arn("component/db-base-component/1.0.0") }] })],
    ["image as its base", recipe({ parentImage: arn("image/db-base-recipe/x.x.x") })],
  ])("refuses a recipe of theirs with another team's %s", async (_, input) => {
    const work = createResource({ ctx: webAuthor(), input: { kind: "image-recipe", input } });
    await expect(work).rejects.toMatchObject(forbidden);
  });

  it("refuses a change that brings in another team's recipe, and takes one that keeps what is there", async () => {
    const change = (input: Record<string, string>) =>
      updateResource({ ctx: webAuthor(), input: { kind: "image-pipeline", name: "web-base", input } });
    await expect(change(pipeline({ imageRecipeArn: DB_RECIPE }))).rejects.toMatchObject(forbidden);
    await expect(change(pipeline({ description: "ours" }))).resolves.toBeNull();
  });

  it("refuses to begin a draft after another team's pipeline, recipe or build", async () => {
    const begin = (origin: Parameters<typeof createDraft>[0]["input"]["origin"]) =>
      createDraft({ ctx: webAuthor(), input: { origin } });
    for (const parts of ["same", "copied"] as const) {
      await expect(begin({ from: "pipeline", name: "db-base", parts })).rejects.toMatchObject(forbidden);
      await expect(
        begin({ from: "recipe", kind: "image-recipe", arn: DB_RECIPE, parts }),
      ).rejects.toMatchObject(forbidden);
    }
    const key = { name: "db-base-recipe", version: "1.0.0", build: "1" };
    await expect(begin({ from: "build", key })).rejects.toMatchObject(forbidden);
    await expect(begin({ from: "pipeline", name: "web-base", parts: "copied" })).resolves.toHaveProperty(
      "id",
    );
  });

  it("refuses to check a draft against another team's recipe", async () => {
    const { id } = await createDraft({ ctx: webAuthor(), input: { origin: { from: "nothing" } } });
    const { content } = await getDraft({ ctx: webAuthor(), input: { id } });
    const draft = {
      ...content,
      recipe: { use: "existing" as const, kind: "image-recipe" as const, arn: DB_RECIPE },
    };
    await expect(runPreflight({ ctx: webAuthor(), input: { name: "web-new", draft } })).rejects.toMatchObject(
      forbidden,
    );
    // The same in a draft that somebody with more rights has saved, step by step.
    const { revision } = await saveDraft({
      ctx: testConsole.contextOf(),
      input: { id, revision: 1, content: { ...draft, details: { ...content.details, name: "web-new" } } },
    });
    expect(revision).toBe(2);
    for (const step of CHECKED_STEPS)
      await expect(checkDraft({ ctx: webAuthor(), input: { id, step } })).rejects.toMatchObject(forbidden);
    const { checks } = await checkDraft({ ctx: testConsole.contextOf(), input: { id, step: "recipe" } });
    expect(checks.map(({ id: check }) => check)).toContain("base-image");
  });

  it("refuses another team's draft, and does not list it", async () => {
    const { id } = await createDraft({
      ctx: testConsole.contextOf(),
      input: { origin: { from: "pipeline", name: "db-base", parts: "copied" } },
    });
    const notThere = { detail: { code: "not-found" } };
    await expect(getDraft({ ctx: webAuthor(), input: { id } })).rejects.toMatchObject(notThere);
    await expect(discardDraft({ ctx: webAuthor(), input: { id } })).rejects.toMatchObject(notThere);
    expect((await listDrafts({ ctx: webAuthor() })).drafts.map(({ id: each }) => each)).not.toContain(id);
    expect((await listDrafts({ ctx: testConsole.contextOf() })).drafts.map(({ id: each }) => each)).toContain(
      id,
    );
  });

  it("is told that others use a resource, and not which", async () => {
    await createResource({
      ctx: testConsole.contextOf(),
      input: {
        kind: "image-recipe",
        input: recipe({ name: "db-secret-plans" }),
      },
    });
    testConsole.clock.advance(120_000);
    const input = { kind: "component" as const, name: "web-base-component" };
    const { usedBy, usedByHidden } = await getResource({ ctx: webAuthor(), input });
    expect(usedBy.map(({ name }) => name)).toEqual(["web-base recipe"]);
    expect(usedByHidden).toBe("1 more outside your role uses it.");
    expect(JSON.stringify(await planDeletion({ ctx: webAuthor(), input }))).not.toContain("secret");
  });

  it("is offered no image of another team to begin with", async () => {
    const { choices } = await listChoices({ ctx: webAuthor(), input: { kind: "base-images" } });
    expect(JSON.stringify(choices)).not.toContain("db-");
    expect(choices.length).toBeGreaterThan(0);
  });
});

describe("a lifecycle policy deletes images, so it", () => {
  const policy = (resourceSelection: object) => ({
    name: "web-purge",
    executionRole: "arn:aws:iam::222222222222:role/Lifecycle",
    resourceType: "AMI_IMAGE",
    policyDetails: [{ action: { type: "DELETE" as const }, filter: { type: "COUNT" as const, value: 1 } }],
    resourceSelection,
  });
  const create = (grant: Grant, selection: object) =>
    createResource({
      ctx: testConsole.contextOf(grant),
      input: { kind: "lifecycle-policy", input: policy(selection) as never },
    });
  const web = { recipes: [{ name: "web-base-recipe", semanticVersion: "1.0.0" }] };
  const database = { recipes: [{ name: "db-base-recipe", semanticVersion: "1.0.0" }] };
  const tags = { tagMap: { team: "db" } };

  it("refuses an author, who may not delete by hand either", async () => {
    await expect(create({ role: "author", target: "*" }, web)).rejects.toMatchObject(forbidden);
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "change-lifecycle-policy",
      result: "refused",
    });
  });

  it.each([
    ["another team's recipe", database],
    ["their own recipe and tags, which anybody's images may have", { ...web, ...tags }],
    ["tags", tags],
    ["nothing, whatever that selects", {}],
  ])("refuses an administrator of one team who selects %s", async (_, selection) => {
    await expect(create(only("admin", "web-"), selection)).rejects.toMatchObject(forbidden);
  });

  it("lets an administrator of one team select that team's recipes", async () => {
    await expect(create(only("admin", "web-"), web)).resolves.toHaveProperty("arn");
  });

  it("refuses a dry run over what its author may not see", async () => {
    const preview = (selection: object) =>
      previewLifecyclePolicy({ ctx: webAuthor(), input: { policy: policy(selection) as never } });
    await expect(preview(database)).rejects.toMatchObject(forbidden);
    await expect(preview(tags)).rejects.toMatchObject(forbidden);
    await expect(preview(web)).resolves.toHaveProperty("images");
  });
});
