import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { createDraft } from "./create-draft";
import { discardDraft } from "./discard-draft";
import { getDraft } from "./get-draft";
import { listDrafts } from "./list-drafts";
import { saveDraft } from "./save-draft";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
}, 180_000);
afterAll(() => testConsole.close());

const author = (id: string, namePrefix: string) => {
  const ctx = testConsole.contextOf({ role: "author", target: "*", namePrefix });
  return { ...ctx, actor: { ...ctx.actor, id, name: id } };
};
const begin = (ctx: ReturnType<typeof author>) =>
  createDraft({ ctx, input: { origin: { from: "nothing" } } });
const grow = async (ctx: ReturnType<typeof author>, id: string, bytes: number) => {
  const { content, revision } = await getDraft({ ctx, input: { id } });
  const details = { ...content.details, description: "x".repeat(bytes) };
  return saveDraft({ ctx, input: { id, revision, content: { ...content, details } } });
};

it("one person has a bounded number of drafts, also when they ask for many at once, and hides nobody's", async () => {
  const greedy = author("greedy", "db-");
  const other = author("other", "web-");
  const mine = await begin(other);
  const tried = await Promise.allSettled(Array.from({ length: 70 }, () => begin(greedy)));
  const made = tried.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  expect(made).toHaveLength(50);
  for (const each of tried) {
    if (each.status === "rejected")
      expect(each.reason.detail).toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/50 drafts/),
      });
  }
  const second = author("second", "db-");
  await Promise.all(Array.from({ length: 50 }, () => begin(second)));
  const third = author("third", "db-");
  await Promise.all(Array.from({ length: 5 }, () => begin(third)));
  expect((await listDrafts({ ctx: other })).drafts.map(({ id }) => id)).toEqual([mine.id]);
  // 100 are listed, and how many there are besides is said.
  const listed = await listDrafts({ ctx: testConsole.contextOf() });
  expect([listed.drafts.length, listed.left]).toEqual([100, 6]);
  const [first] = made;
  if (!first) throw new Error("There is no draft.");
  await discardDraft({ ctx: greedy, input: first });
  await begin(greedy);
}, 60_000);

it("one draft, and all of one person, have bounded bytes; what was saved before stays", async () => {
  const ctx = author("large", "db-");
  const { id } = await begin(ctx);
  await grow(ctx, id, 400 * 1024);
  await expect(grow(ctx, id, 600 * 1024)).rejects.toMatchObject({
    detail: { code: "invalid", message: expect.stringContaining("512 KB") },
  });
  expect((await getDraft({ ctx, input: { id } })).revision).toBe(2);
  for (let drafts = 1; drafts < 20; drafts++) await grow(ctx, (await begin(ctx)).id, 400 * 1024);
  const last = await begin(ctx);
  await expect(grow(ctx, last.id, 400 * 1024)).rejects.toMatchObject({
    detail: { code: "conflict", message: expect.stringContaining("8 MB") },
  });
}, 60_000);
