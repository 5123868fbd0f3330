import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { revokeToken } from "@/lib/api-tokens/revoke-token";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { newToken } from "@/lib/auth/tokens/token-text";
import { ROLES, type Role } from "@/lib/core/actor";
import { DAY_MS } from "@/lib/core/time";
import { apiTokens } from "@/lib/db/api-schema";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import type { Operation } from "./operation";
import { OPERATIONS } from "./operations/all-operations";

let api: ApiConsole;
beforeAll(async () => {
  api = await startApiConsole({ others: [{ id: "other", accountId: "333333333333" }] });
});
afterAll(() => api.close());

/** Something for every parameter; none of it exists. */
const PARAMETERS: Record<string, string> = {
  target: "test",
  version: "1.0.0",
  region: "us-east-1",
  build: "1",
  step: "step-00000000-0000-0000-0000-000000000000",
};
const pathOf = ({ path }: Operation, target = "test") =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "target" ? target : (PARAMETERS[name] ?? "web-1"),
  );
/** What is sent with an operation that takes a body. */
const BODIES: Record<string, unknown> = { answerApproval: { decision: "approve" }, startRollOut: {} };
const visit = (operation: Operation, token?: string, body = BODIES[operation.id]) =>
  api.ask(pathOf(operation), { token, method: operation.method.toUpperCase(), body });
const codeOf = async (response: Response) =>
  response.status < 400 ? "done" : ((await response.json()) as { code: string }).code;
/** Whether an operation is about one name, so that a token for others is refused. */
const isNamed = ({ action }: Operation) => "names" in PERMISSIONS[action];

describe("every operation", () => {
  it("refuses requests without a valid token, and says nothing else", async () => {
    const { token: revoked, id } = await api.createToken();
    await revokeToken({ ctx: api.contextOf(), input: { id } });
    const strangers: Record<string, string>[] = [
      {},
      { cookie: "goldsmith=anything" },
      { authorization: `Bearer ${newToken()}` },
      { authorization: `Bearer ${revoked}` },
      { authorization: `Basic ${newToken()}` },
      { authorization: "Bearer " },
      { authorization: `Bearer ${newToken()}, Bearer ${newToken()}` },
      { "x-api-key": revoked },
    ];
    for (const operation of OPERATIONS) {
      for (const headers of strangers) {
        const response = await api.ask(pathOf(operation), {
          headers,
          method: operation.method.toUpperCase(),
        });
        expect(response.status, `${operation.id} with ${Object.keys(headers)}`).toBe(401);
        expect(response.headers.get("www-authenticate")).toContain("Bearer");
        expect(response.headers.get("content-type")).toBe("application/problem+json");
      }
    }
  });

  for (const role of ROLES) {
    it(`is open to a token of the role ${role} exactly where the table of permissions says so`, async () => {
      const { token } = await api.createToken({ role });
      for (const operation of OPERATIONS) {
        const code = await codeOf(await visit(operation, token));
        const may = ROLES.indexOf(role) >= ROLES.indexOf(PERMISSIONS[operation.action].role as Role);
        if (may) expect(["done", "not-found", "invalid", "conflict"], operation.id).toContain(code);
        else expect(code, operation.id).toBe("forbidden");
      }
    });
  }

  it("is closed to a token of another account, and to one for other names", async () => {
    const { token: elsewhere } = await api.createToken({ role: "admin", targets: ["other"] });
    const { token: others } = await api.createToken({ role: "admin", namePrefixes: ["db-"] });
    for (const operation of OPERATIONS) {
      if (operation.path.includes("{target}"))
        expect(await codeOf(await visit(operation, elsewhere)), operation.id).toBe("forbidden");
      if (!isNamed(operation)) continue;
      expect(await codeOf(await visit(operation, others)), operation.id).toBe("forbidden");
      // Not even what is wrong with their request is told to those who may not make it.
      if (operation.body) expect(await codeOf(await visit(operation, others, { odd: 1 }))).toBe("forbidden");
    }
  });

  it("puts what a token was refused on record, under the token's name and its maker's", async () => {
    const { token } = await api.createToken({ kind: "person", role: "viewer", name: "reads only" });
    const writes = OPERATIONS.filter(({ method }) => method === "post");
    expect(writes.length).toBeGreaterThan(0);
    for (const operation of writes) await visit(operation, token);
    const rows = (await api.auditRows()).filter(({ actorName }) => actorName.includes('"reads only"'));
    expect(rows.map(({ action, result }) => ({ action, result }))).toEqual(
      writes.map(({ action }) => ({ action, result: "refused" })),
    );
    expect(rows[0]).toMatchObject({ actorName: 'token "reads only" of Local administrator' });
  });

  it("asks for nothing that only a fresh sign-in may do", () => {
    expect(OPERATIONS.filter(({ action }) => "fresh" in PERMISSIONS[action])).toEqual([]);
  });

  it("has one name and one address", () => {
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
    expect(new Set(OPERATIONS.map(({ method, path }) => `${method} ${path}`)).size).toBe(OPERATIONS.length);
  });
});

describe("a token", () => {
  it("is refused once it has expired", async () => {
    const { token } = await api.createToken({ days: 1 });
    expect((await api.ask("/targets", { token })).status).toBe(200);
    api.clock.advance(DAY_MS);
    const response = await api.ask("/targets", { token });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      code: "signed-out",
      detail: expect.stringContaining("expired"),
    });
  });

  it("is nowhere in the database, the audit or an answer after its creation", async () => {
    const { token } = await api.createToken();
    await api.ask("/targets", { token });
    const { orm } = await api.runtime.database();
    const tokens = await orm.select().from(apiTokens);
    const rows = JSON.stringify([tokens, await api.auditRows()]);
    expect(tokens.map(({ shown }) => shown)).toContain(token.slice(0, 14));
    expect(rows).not.toContain(token.slice("goldsmith_".length + 4));
  });
});
