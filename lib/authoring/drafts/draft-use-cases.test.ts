import { CreateRepositoryCommand } from "@aws-sdk/client-ecr";
import {
  DeleteComponentCommand,
  GetImagePipelineCommand,
  ListComponentsCommand,
  ListImageRecipesCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConsoleFailure } from "@/lib/core/failure";
import { runPipeline } from "@/lib/image-builder/pipelines/run-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { beginCreation } from "./begin-creation";
import { createDraft } from "./create-draft";
import { discardDraft } from "./discard-draft";
import { TEMPLATES, type TemplateId } from "./draft-templates";
import { getDraft } from "./get-draft";
import { listDrafts } from "./list-drafts";
import { removeCreated } from "./remove-created";
import { runCreationStep } from "./run-creation-step";
import { saveDraft } from "./save-draft";
import type { DraftOrigin } from "./schemas";
import type { DraftContent, PipelineDraft } from "./types";
import { visitDraft } from "./visit-draft";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());
beforeEach(() => testConsole.clock.advance(60_000));

const ctx = () => testConsole.contextOf();

async function startedFrom(id: TemplateId, change: (content: DraftContent) => DraftContent = (c) => c) {
  const draft = await createDraft({ ctx: ctx(), input: { origin: { from: "template", id } } });
  const { content } = await getDraft({ ctx: ctx(), input: draft });
  const { revision } = await saveDraft({
    ctx: ctx(),
    input: { ...draft, revision: 1, content: change(content) },
  });
  return { ...draft, revision };
}

async function runToTheEnd(id: string): Promise<PipelineDraft> {
  for (;;) {
    const draft = await runCreationStep({ ctx: ctx(), input: { id } });
    const { creation = [] } = draft;
    if (creation.every(({ state }) => state === "done") || creation.some(({ state }) => state === "failed"))
      return draft;
  }
}

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConsoleFailure)) throw new Error(`not refused: ${String(error)}`);
  return error.detail;
};

describe("a draft", () => {
  it("keeps what is typed, right or wrong, and is listed until it is a pipeline", async () => {
    const { id } = await createDraft({ ctx: ctx(), input: { origin: { from: "nothing" } } });
    const { content, revision } = await getDraft({ ctx: ctx(), input: { id } });
    const typed = { ...content, details: { name: "x", description: "<script>" } };
    await saveDraft({ ctx: ctx(), input: { id, revision, content: typed } });
    expect((await getDraft({ ctx: ctx(), input: { id } })).content.details).toEqual(typed.details);
    expect((await listDrafts({ ctx: ctx() })).drafts).toContainEqual(
      expect.objectContaining({ id, name: "x", state: "draft" }),
    );
    await discardDraft({ ctx: ctx(), input: { id } });
    expect(await failureOf(getDraft({ ctx: ctx(), input: { id } }))).toMatchObject({ code: "not-found" });
  });

  it("tells the second of two people who change it at once", async () => {
    const { id } = await createDraft({ ctx: ctx(), input: { origin: { from: "nothing" } } });
    const { content, revision } = await getDraft({ ctx: ctx(), input: { id } });
    await saveDraft({ ctx: ctx(), input: { id, revision, content } });
    expect(await failureOf(saveDraft({ ctx: ctx(), input: { id, revision, content } }))).toMatchObject({
      code: "conflict",
    });
  });

  it("tells those who have it open of each other, until one stops looking", async () => {
    const { id } = await createDraft({ ctx: ctx(), input: { origin: { from: "nothing" } } });
    const [mine, mineToo, anas] = ["a", "b", "c"].map(
      (digit) => `0000000${digit}-0000-4000-8000-000000000000`,
    );
    const ana = () => testConsole.contextOf({ role: "author", target: "test" });
    const look = (asked: UseCaseContext, windowId = "") =>
      visitDraft({ ctx: asked, input: { id, windowId } });

    expect(await look(ctx(), mine)).toMatchObject({ revision: 1, others: [] });
    expect(await look(ana(), anas)).toMatchObject({ others: [{ name: ctx().actor.name, isYou: false }] });
    expect((await look(ctx(), mine)).others).toEqual([{ name: "Ana", isYou: false }]);
    expect((await look(ctx(), mineToo)).others).toEqual([
      { name: ctx().actor.name, isYou: true },
      { name: "Ana", isYou: false },
    ]);

    const { content } = await getDraft({ ctx: ana(), input: { id } });
    await saveDraft({ ctx: ana(), input: { id, revision: 1, content } });
    expect(await look(ctx(), mine)).toMatchObject({ revision: 2, updatedBy: "Ana" });

    testConsole.clock.advance(31_000);
    expect((await look(ctx(), mine)).others).toEqual([]);
    await discardDraft({ ctx: ctx(), input: { id } });
    expect(await failureOf(look(ana(), anas))).toMatchObject({ code: "not-found" });
  });

  it("is not created while a field is wrong, and says every one", async () => {
    const { id } = await createDraft({ ctx: ctx(), input: { origin: { from: "nothing" } } });
    const refused = await failureOf(beginCreation({ ctx: ctx(), input: { id, revision: 1 } }));
    expect(Object.keys(refused.fields ?? {})).toEqual(
      expect.arrayContaining(["details.name", "recipe.name", "recipe.parentImage", "infrastructure.name"]),
    );
  });

  it("of the container template asks for a repository where the account has none", async () => {
    const draft = await startedFrom("container-base");
    const refused = await failureOf(beginCreation({ ctx: ctx(), input: draft }));
    expect(Object.keys(refused.fields ?? {})).toEqual(["recipe.targetRepository.repositoryName"]);
    await ctx().aws.ecr.write(new CreateRepositoryCommand({ repositoryName: "platform/base" }));
  });

  it.each(TEMPLATES.map(({ id }) => id))(
    "becomes a pipeline with all its parts, from the template %s",
    async (template) => {
      const draft = await startedFrom(template);
      await beginCreation({ ctx: ctx(), input: draft });
      const { creation = [] } = await runToTheEnd(draft.id);
      expect(creation.map(({ state, error }) => error?.message ?? state)).toEqual(creation.map(() => "done"));
      const { arn } = creation.at(-1) ?? {};
      const { imagePipeline } = await testConsole.imageBuilder.send(
        new GetImagePipelineCommand({ imagePipelineArn: arn }),
      );
      expect(imagePipeline?.name).toBe(template);
      expect((await listDrafts({ ctx: ctx() })).drafts).not.toContainEqual(
        expect.objectContaining({ id: draft.id }),
      );
    },
  );
});

describe("a creation that fails in the middle", () => {
  const broken = (name: string) => (content: DraftContent) => ({
    ...content,
    details: { ...content.details, name },
    components: content.components.map((component, index) => ({ ...component, name: `${name}-${index}` })),
    recipe: {
      use: "image-recipe" as const,
      input: {
        name: `${name}-recipe`,
        semanticVersion: "1.0.0",
        parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/no-such-image-x86/x.x.x",
        components: [{ componentArn: "arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x" }],
      },
    },
    infrastructure: {
      use: "new" as const,
      input: { name: `${name}-infrastructure`, instanceProfileName: "EC2InstanceProfileForImageBuilder" },
    },
    distribution: { use: "none" as const },
  });

  it("says at which step, keeps what exists, and goes on from there once the reason is gone", async () => {
    const draft = await startedFrom("web-server", broken("resumed"));
    await beginCreation({ ctx: ctx(), input: draft });
    const stopped = await runToTheEnd(draft.id);
    const failed = stopped.creation?.find(({ state }) => state === "failed");
    expect(failed).toMatchObject({ kind: "image-recipe" });
    expect(failed?.error?.message).toBeTruthy();
    expect((await listDrafts({ ctx: ctx() })).drafts).toContainEqual(
      expect.objectContaining({ id: draft.id, state: "creating" }),
    );
    expect(await failureOf(discardDraft({ ctx: ctx(), input: { id: draft.id } }))).toMatchObject({
      code: "conflict",
    });

    const again = await runCreationStep({ ctx: ctx(), input: { id: draft.id } });
    expect(again.creation?.filter(({ state }) => state === "done")).toEqual(
      stopped.creation?.filter(({ state }) => state === "done"),
    );
  });

  it("removes what it made, last first, and leaves nothing in AWS", async () => {
    const draft = await startedFrom("web-server", broken("removed"));
    await beginCreation({ ctx: ctx(), input: draft });
    const made = (await runToTheEnd(draft.id)).creation?.filter(({ state }) => state === "done") ?? [];
    expect(made.length).toBeGreaterThan(0);
    const after = await removeCreated({ ctx: ctx(), input: { id: draft.id } });
    expect(after.creation).toBeUndefined();
    const { componentVersionList = [] } = await testConsole.imageBuilder.send(
      new ListComponentsCommand({
        owner: "Self",
        filters: [{ name: "name", values: made.map(({ name }) => name) }],
      }),
    );
    expect(componentVersionList).toEqual([]);
    const { content, revision } = await getDraft({ ctx: ctx(), input: { id: draft.id } });
    await saveDraft({ ctx: ctx(), input: { id: draft.id, revision, content } });
  });

  it("counts as removed what somebody else has deleted", async () => {
    const draft = await startedFrom("web-server", broken("taken"));
    await beginCreation({ ctx: ctx(), input: draft });
    const made = (await runToTheEnd(draft.id)).creation?.find(({ state }) => state === "done");
    await testConsole.imageBuilder.send(new DeleteComponentCommand({ componentBuildVersionArn: made?.arn }));
    expect((await removeCreated({ ctx: ctx(), input: { id: draft.id } })).creation).toBeUndefined();
  });

  it("makes each part once though the console dies between the write and its record", async () => {
    const draft = await startedFrom("web-server", (content) => ({
      ...content,
      details: { ...content.details, name: "once" },
      components: content.components.map((component) => ({ ...component, name: "once-only" })),
      recipe: {
        use: "existing",
        kind: "image-recipe",
        arn: "arn:aws:imagebuilder:us-east-1:222222222222:image-recipe/web-server/1.0.0",
      },
      infrastructure: {
        use: "existing",
        arn: "arn:aws:imagebuilder:us-east-1:222222222222:infrastructure-configuration/web-server",
      },
      distribution: { use: "none" },
    }));
    const begun = await beginCreation({ ctx: ctx(), input: draft });
    const twice = await Promise.allSettled([
      runCreationStep({ ctx: ctx(), input: { id: begun.id } }),
      runCreationStep({ ctx: ctx(), input: { id: begun.id } }),
    ]);
    expect(twice.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await runToTheEnd(begun.id);
    const { componentVersionList = [] } = await testConsole.imageBuilder.send(
      new ListComponentsCommand({ owner: "Self", filters: [{ name: "name", values: ["once-only"] }] }),
    );
    expect(componentVersionList).toHaveLength(1);
    const { imageRecipeSummaryList = [] } = await testConsole.imageBuilder.send(
      new ListImageRecipesCommand({}),
    );
    expect(imageRecipeSummaryList.length).toBeGreaterThan(0);
  });
});

describe("a draft that follows what exists", () => {
  const begun = async (origin: DraftOrigin) => {
    const { id } = await createDraft({ ctx: ctx(), input: { origin } });
    return getDraft({ ctx: ctx(), input: { id } });
  };
  const created = async () => {
    const { id } = await createDraft({
      ctx: ctx(),
      input: { origin: { from: "template", id: "cis-base" } },
    });
    const { revision, content } = await getDraft({ ctx: ctx(), input: { id } });
    await beginCreation({ ctx: ctx(), input: { id, revision } });
    const { creation = [] } = await runToTheEnd(id);
    expect(creation.map(({ state, error }) => error?.message ?? state)).toEqual(creation.map(() => "done"));
    return { content, name: content.details.name ?? "" };
  };

  it("of a template takes a name that is free, so that a template can be used twice", async () => {
    const [first, second] = [await created(), await created()];
    expect(second.name).not.toBe(first.name);
  });

  it("of a pipeline uses its parts, or copies each with every member under a free name", async () => {
    const { content, name } = await created();
    const { content: clone } = await begun({ from: "pipeline", name, parts: "same" });
    expect(clone.details).toMatchObject({ ...content.details, name: `${name}-copy` });
    expect(clone.recipe).toMatchObject({ use: "existing", arn: expect.stringContaining(`/${name}/1.0.0`) });

    const { content: copy, ...draft } = await begun({ from: "pipeline", name, parts: "copied" });
    const inputOf = (part: object) => ("input" in part ? part.input : undefined);
    for (const part of ["recipe", "infrastructure", "distribution"] as const) {
      expect(inputOf(copy[part])).toMatchObject({
        ...(inputOf(content[part]) as object),
        name: `${name}-copy`,
      });
    }
    await beginCreation({ ctx: ctx(), input: draft });
    const { creation = [] } = await runToTheEnd(draft.id);
    expect(creation.map(({ state, error }) => error?.message ?? state)).toEqual(creation.map(() => "done"));
  });

  it("of a recipe uses it, or copies it", async () => {
    const { name } = await created();
    const { content } = await begun({ from: "pipeline", name, parts: "same" });
    const arn = content.recipe.use === "existing" ? content.recipe.arn : "";
    const origin = { from: "recipe", kind: "image-recipe", arn } as const;
    expect((await begun({ ...origin, parts: "same" })).content.recipe).toEqual({
      use: "existing",
      kind: "image-recipe",
      arn,
    });
    expect((await begun({ ...origin, parts: "copied" })).content.recipe).toMatchObject({
      use: "image-recipe",
      input: { semanticVersion: "1.0.0", blockDeviceMappings: [{ deviceName: "/dev/xvda" }] },
    });
  });

  it("of a build copies the parts as the build had them", async () => {
    const { content, name } = await created();
    const key = await runPipeline({ ctx: ctx(), input: { name } });
    const { content: copy } = await begun({ from: "build", key });
    expect(copy.details).toMatchObject({ name: `${name}-copy`, schedule: content.details.schedule });
    expect(copy.recipe).toMatchObject({
      use: "image-recipe",
      input: { name: `${name}-copy`, blockDeviceMappings: [{ deviceName: "/dev/xvda" }] },
    });
    expect(copy.infrastructure).toMatchObject({ use: "new", input: { name: `${name}-copy` } });
    expect(copy.distribution).toMatchObject({ use: "new", input: { name: `${name}-copy` } });
  });
});
