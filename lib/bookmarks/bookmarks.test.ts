import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, Grant } from "@/lib/core/actor";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { deleteView } from "./delete-view";
import { listFavorites } from "./list-favorites";
import { listViews } from "./list-views";
import { MOST_VIEWS, saveView } from "./save-view";
import { MOST_FAVORITES, setFavorite } from "./set-favorite";

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
});
afterAll(() => testConsole.close());

/** Somebody of their own: what one keeps is nobody else's. */
function person(id: string, ...grants: Grant[]): UseCaseContext {
  const ctx = testConsole.contextOf(
    ...(grants.length > 0 ? grants : [{ role: "author" as const, target: "*" }]),
  );
  const actor: Actor = { ...ctx.actor, id };
  return { ...ctx, actor };
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => toConsoleError(error).code,
  );

describe("favorites", () => {
  it("are one's own, once for all spellings of a name, and taken away again", async () => {
    const [ann, ben] = [person("ann"), person("ben")];
    const star = (name: string, isFavorite = true) =>
      setFavorite({ ctx: ann, input: { kind: "image-pipeline", name, isFavorite } });
    await star("Web Base");
    await star("web_base");
    expect(await listFavorites({ ctx: ann })).toEqual([
      { kind: "image-pipeline", name: "web-base", label: "Web Base" },
    ]);
    expect(await listFavorites({ ctx: ben })).toEqual([]);
    await star("WEB-base", false);
    expect(await listFavorites({ ctx: ann })).toEqual([]);
  });

  it("are of names that one may see, also when one may no longer", async () => {
    const narrow = person("cho", { role: "viewer", target: "*", namePrefix: "web-" });
    const star = (ctx: UseCaseContext, name: string) =>
      setFavorite({ ctx, input: { kind: "component", name, isFavorite: true } });
    expect(await codeOf(star(narrow, "secret"))).toBe("forbidden");
    await star(person("cho"), "secret");
    await star(person("cho"), "web-tools");
    expect((await listFavorites({ ctx: narrow })).map(({ name }) => name)).toEqual(["web-tools"]);
  });

  it("are bounded: the oldest go first", async () => {
    const ctx = person("dan");
    for (let number = 0; number < MOST_FAVORITES + 3; number++) {
      testConsole.clock.advance(1_000);
      await setFavorite({ ctx, input: { kind: "image", name: `web-${number}`, isFavorite: true } });
    }
    const names = (await listFavorites({ ctx })).map(({ name }) => name);
    expect(names).toHaveLength(MOST_FAVORITES);
    expect(names).not.toContain("web-2");
    expect(names).toContain("web-3");
  });
});

describe("saved views", () => {
  const view = (name: string, isShared = false) => ({
    ...{ list: "recipes", name, query: "usage=Unused&sort=-changed", isShared },
  });
  const namesOf = async (ctx: UseCaseContext) =>
    (await listViews({ ctx, input: { list: "recipes" } })).map(({ name }) => name);

  it("are one's own unless they are the team's, which takes the right to share and is on record", async () => {
    const [eve, fay] = [person("eve"), person("fay", { role: "viewer", target: "*" })];
    const { id } = await saveView({ ctx: eve, input: view("Mine") });
    const { id: shared } = await saveView({ ctx: eve, input: view("Ours", true) });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({ action: "save-view", resource: "Ours" });
    expect(await namesOf(eve)).toEqual(["Mine", "Ours"]);
    expect(await listViews({ ctx: fay, input: { list: "recipes" } })).toEqual([
      expect.objectContaining({ name: "Ours", isEditable: false }),
    ]);
    expect(await codeOf(saveView({ ctx: fay, input: view("Theirs", true) }))).toBe("forbidden");
    expect(await codeOf(saveView({ ctx: fay, input: { ...view("Taken"), id: shared } }))).toBe("forbidden");
    expect(await codeOf(deleteView({ ctx: fay, input: { id: shared } }))).toBe("forbidden");
    expect(await codeOf(deleteView({ ctx: fay, input: { id } }))).toBe("not-found");
    expect(await codeOf(saveView({ ctx: fay, input: view("Own") }))).toBe("done");

    await saveView({ ctx: eve, input: { ...view("Renamed"), id } });
    await deleteView({ ctx: eve, input: { id: shared } });
    expect(await namesOf(eve)).toEqual(["Renamed"]);
    expect(await namesOf(fay)).toEqual(["Own"]);
  });

  it("are bounded: the one changed longest ago goes first, and only of the same group", async () => {
    const ctx = person("gus");
    await saveView({ ctx, input: view("Team view", true) });
    for (let number = 0; number < MOST_VIEWS + 2; number++) {
      testConsole.clock.advance(1_000);
      await saveView({ ctx, input: view(`View ${number}`) });
    }
    const names = await namesOf(ctx);
    expect(names).toHaveLength(MOST_VIEWS + 1);
    expect(names).toContain("Team view");
    expect(names).not.toContain("View 1");
    expect(names).toContain("View 2");
  });
});
