import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Grant } from "@/lib/core/actor";
import { apiTokens } from "@/lib/db/api-schema";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import { createToken } from "./create-token";
import { listTokens } from "./list-tokens";
import { revokeToken } from "./revoke-token";

let api: ApiConsole;
beforeAll(async () => {
  api = await startApiConsole({ others: [{ id: "other", accountId: "333333333333" }] });
});
afterAll(() => api.close());

type Input = Parameters<typeof createToken>[0]["input"];
let made = 0;
const create = (grants: Grant[], input: Partial<Input> = {}) =>
  createToken({
    ctx: api.contextOf(...grants),
    input: {
      name: `token ${++made}`,
      kind: "person",
      role: "viewer",
      targets: ["test"],
      namePrefixes: [],
      days: 7,
      ...input,
    },
  }).then(
    () => "created",
    (error: { detail?: { code: string } }) => error.detail?.code,
  );
const lastRow = async () => (await api.auditRows()).at(-1);

describe("createToken", () => {
  it("makes none that can do more than its maker", async () => {
    const operator: Grant[] = [{ role: "operator", target: "test" }];
    const web: Grant[] = [{ role: "admin", target: "test", namePrefix: "web-" }];
    const beyond: [Grant[], Partial<Input>][] = [
      [operator, { role: "author" }],
      [operator, { role: "admin" }],
      [operator, { targets: ["other"] }],
      [operator, { targets: ["test", "other"] }],
      [operator, { targets: ["*"] }],
      [web, {}],
      [web, { namePrefixes: ["web-", "db-"] }],
      [web, { namePrefixes: ["web"] }],
      [web, { kind: "service", namePrefixes: ["w"] }],
      [operator, { kind: "service" }],
      [[{ role: "admin", target: "test" }], { kind: "service", targets: ["*"] }],
    ];
    for (const [grants, input] of beyond) {
      expect(await create(grants, input), JSON.stringify(input)).toBe("forbidden");
      expect(await lastRow()).toMatchObject({ result: "refused" });
    }
    expect(await create(operator, { role: "operator" })).toBe("created");
    expect(await create(web, { role: "admin", namePrefixes: ["web-", "WEB 1"] })).toBe("created");
    expect(await create(web, { kind: "service", namePrefixes: ["web-"] })).toBe("created");
  });

  it("puts on record what was made, and nothing of the token itself", async () => {
    const { id, token } = await api.createToken({ name: "recorded", kind: "service" });
    const row = await lastRow();
    expect(row).toMatchObject({
      action: "create-token",
      resource: "recorded",
      result: "succeeded",
      after: { id, kind: "service", role: "operator", targets: ["test"] },
    });
    expect(JSON.stringify(row)).not.toContain(token.slice(0, 16));
  });

  it("makes none for a token, whatever it may do", async () => {
    const { token } = await api.createToken({ role: "admin", targets: ["*"] });
    expect((await api.ask("/targets", { token })).status).toBe(200);
    const ctx = { ...api.contextOf(), actor: { ...api.contextOf().actor, kind: "token" as const } };
    const input: Input = {
      ...{ name: "second", kind: "person", role: "viewer", targets: ["test"], namePrefixes: [], days: 1 },
    };
    await expect(createToken({ ctx, input })).rejects.toMatchObject({ detail: { code: "forbidden" } });
    const fresh = {
      ...ctx,
      actor: { ...ctx.actor, kind: "user" as const, freshUntil: new Date(0).toISOString() },
    };
    await expect(createToken({ ctx: fresh, input })).rejects.toMatchObject({
      detail: { code: "sign-in-again" },
    });
  });

  it("names the field that is wrong", async () => {
    const wrong: [Partial<Input>, string][] = [
      [{ name: "" }, "name"],
      [{ name: 'a "b"' }, "name"],
      [{ name: "line\nbreak" }, "name"],
      [{ targets: [] }, "targets"],
      [{ days: 0 }, "days"],
      [{ days: 1_000 }, "days"],
      [{ namePrefixes: ["s3://bucket"] }, "namePrefixes.0"],
    ];
    for (const [input, field] of wrong) {
      const failure = await createToken({
        ctx: api.contextOf(),
        input: {
          ...{ name: "x", kind: "person", role: "viewer", targets: ["test"], namePrefixes: [], days: 7 },
          ...input,
        },
      }).catch((error: { issues?: { path: string[] }[] }) => error);
      expect(failure, field).toMatchObject({
        issues: [{ path: field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)) }],
      });
    }
    await api.createToken({ name: "twice" });
    await expect(api.createToken({ name: "twice" })).rejects.toMatchObject({
      detail: { code: "invalid", fields: { name: expect.stringContaining("twice") } },
    });
    await expect(api.createToken({ targets: ["nowhere"] })).rejects.toMatchObject({
      detail: { code: "invalid", fields: { targets: expect.stringContaining("nowhere") } },
    });
  });
});

describe("listTokens and revokeToken", () => {
  it("show and revoke one's own tokens, and those that one administers", async () => {
    const { orm } = await api.runtime.database();
    await orm.delete(apiTokens);
    const { id } = await api.createToken({ name: "service of test", kind: "service" });
    api.clock.advance(1_000);
    const { id: elsewhere } = await api.createToken({ name: "of other", targets: ["other"] });
    const admin = api.contextOf({ role: "admin", target: "test" });
    const viewer = api.contextOf({ role: "viewer", target: "*" });
    const namesFor = async (ctx: typeof admin) => (await listTokens({ ctx })).tokens.map(({ name }) => name);
    expect(await namesFor(admin)).toEqual(["service of test"]);
    expect(await namesFor(viewer)).toEqual([]);
    expect(await namesFor(api.contextOf())).toEqual(["of other", "service of test"]);
    const revoke = (ctx: typeof admin, tokenId: string) =>
      revokeToken({ ctx, input: { id: tokenId } }).catch(
        (error: { detail: { code: string } }) => error.detail.code,
      );
    expect(await revoke(viewer, id)).toBe("forbidden");
    expect(await revoke(admin, elsewhere)).toBe("forbidden");
    expect(await revoke(admin, id)).toBeNull();
    expect(await lastRow()).toMatchObject({
      action: "revoke-token",
      resource: "service of test",
      actorId: "ana@example.com",
    });
    expect(await revoke(admin, id)).toBe("conflict");
    const [revoked] = (await listTokens({ ctx: admin })).tokens;
    expect(revoked).toMatchObject({ state: "revoked", isOwn: false, mayRevoke: true });
    expect(JSON.stringify(await listTokens({ ctx: admin }))).not.toMatch(/[A-Za-z0-9]{38}/);
  });

  it("say when a token was last used, and from where", async () => {
    const { id, token } = await api.createToken({ name: "used" });
    const read = async () =>
      (await listTokens({ ctx: api.contextOf() })).tokens.find((each) => each.id === id);
    expect((await read())?.lastUsedAt).toBeUndefined();
    await api.ask("/targets", { token });
    expect(await read()).toMatchObject({
      state: "active",
      isBounded: false,
      lastUsedAt: new Date(api.clock.now()).toISOString(),
      lastUsedFrom: expect.stringContaining("127.0.0.1"),
    });
  });
});

it("has room for 50 tokens of a person, counted one request at a time, and hides none that works behind others", async () => {
  const maker = { ...api.contextOf(), actor: { ...api.contextOf().actor, id: "issuer many" } };
  const input = (name: string): Input => ({
    ...{ name, kind: "person", role: "viewer", targets: ["test"], namePrefixes: [], days: 7 },
  });
  const answers = await Promise.all(
    Array.from({ length: 70 }, (_, at) =>
      createToken({ ctx: maker, input: input(`at once ${at % 60}`) }).then(
        () => "created",
        (error: { detail?: { code: string } }) => error.detail?.code,
      ),
    ),
  );
  expect(answers.filter((answer) => answer === "created")).toHaveLength(50);
  const { orm } = await maker.database();
  const [one] = await orm.select().from(apiTokens).where(eq(apiTokens.makerId, maker.actor.id));
  if (!one) throw new Error("No token was made.");
  const later = Array.from({ length: 520 }, (_, at) => ({
    ...one,
    ...{ id: randomUUID(), tokenHash: `hash ${at}`, name: `revoked ${at}` },
    ...{ createdAt: new Date(maker.clock.now() + 1_000), revokedAt: new Date() },
  }));
  await orm.insert(apiTokens).values(later);
  await expect(createToken({ ctx: maker, input: input("one more") })).rejects.toMatchObject({
    detail: { code: "conflict" },
  });
  const listed = await listTokens({ ctx: maker });
  expect(JSON.stringify(listed)).toContain(one.id);
});
