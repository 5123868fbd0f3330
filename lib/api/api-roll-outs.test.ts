import { afterAll, beforeAll, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import { createSampleGroup } from "@/lib/testing/sample-group";

let api: ApiConsole;
beforeAll(async () => {
  api = await startApiConsole();
}, 180_000);
afterAll(() => api.close());

const createGroup = (name: string) =>
  createSampleGroup(
    { endpoint: api.simulatorUrl, accountId: api.target.accountId, region: "us-east-1" },
    { name },
  );
type RollOut = {
  id: string;
  status: string;
  isOver: boolean;
  checkpoint?: { percentage: number };
  followedBy?: string;
  steps: Record<string, { can: boolean; why?: string }>;
};
async function ask<Answer = RollOut>(token: string, path: string, body?: unknown, status?: number) {
  // Equal reads share their answer for a moment of the console's clock.
  api.clock.advance(3_000);
  const response = await api.ask(`/targets/test${path}`, {
    token,
    ...(body !== undefined && { method: "POST", body }),
  });
  const text = await response.text();
  expect(response.status, text).toBe(status ?? (body === undefined ? 200 : 202));
  return JSON.parse(text) as Answer;
}

it("previews, starts, follows to a checkpoint, continues, and returns", async () => {
  await createGroup("web");
  const { token } = await api.createToken({ role: "operator" });
  const preview = await ask<{ defaults: object; current: number; versions: { version: number }[] }>(
    token,
    "/groups/us-east-1/web/preview",
  );
  expect(preview.current).toBe(1);
  const preferences = { ...preview.defaults, checkpointPercentages: [50, 100] };
  const started = await ask(token, "/groups/us-east-1/web/roll-outs", { version: 2, preferences });
  expect(started.isOver).toBe(false);
  expect(
    await ask<{ code: string }>(token, "/groups/us-east-1/web/roll-outs", { version: 2 }, 409),
  ).toMatchObject({
    code: "conflict",
  });
  api.clock.advance(120_000);
  const waiting = await ask(token, `/roll-outs/${started.id}`);
  expect(waiting).toMatchObject({ checkpoint: { percentage: 50 }, steps: { continue: { can: true } } });

  const next = await ask(token, `/roll-outs/${started.id}/continuation`, {});
  expect(next.id).not.toBe(started.id);
  api.clock.advance(HOUR_MS);
  const ended = await ask(token, `/roll-outs/${next.id}?wait=60`);
  expect(ended).toMatchObject({ status: "Successful", isOver: true });
  expect((await ask(token, `/roll-outs/${started.id}`)).followedBy).toBe(next.id);

  const back = await ask(token, `/roll-outs/${next.id}/return`, {});
  api.clock.advance(2 * HOUR_MS);
  expect(await ask(token, `/roll-outs/${back.id}`)).toMatchObject({ status: "Successful" });
  const { items } = await ask<{ items: RollOut[] }>(token, "/roll-outs");
  expect(items.map(({ id }) => id)).toEqual([back.id, next.id, started.id]);
}, 180_000);

it("cancels and rolls back, says why a step can't be taken, and puts the token on record", async () => {
  await createGroup("api");
  const { token } = await api.createToken({ role: "operator", name: "deployer" });
  const preview = await ask<{ defaults: object }>(token, "/groups/us-east-1/api/preview");
  const preferences = { ...preview.defaults, checkpointPercentages: [25, 100] };
  const first = await ask(token, "/groups/us-east-1/api/roll-outs", { version: 2, preferences });
  api.clock.advance(180_000);
  await ask(token, `/roll-outs/${first.id}/cancellation`, {});
  api.clock.advance(HOUR_MS);
  expect(await ask(token, `/roll-outs/${first.id}`)).toMatchObject({ status: "Cancelled", isOver: true });
  const refused = await ask<{ detail: string }>(token, `/roll-outs/${first.id}/roll-back`, {}, 409);
  expect(refused.detail).toContain("ended");

  const second = await ask(token, "/groups/us-east-1/api/roll-outs", { version: 2, preferences });
  api.clock.advance(30_000);
  await ask(token, `/roll-outs/${second.id}/roll-back`, {});
  api.clock.advance(HOUR_MS);
  expect((await ask(token, `/roll-outs/${second.id}`)).status).toBe("RollbackSuccessful");
  const rows = (await api.auditRows()).filter(({ actorName }) => actorName.includes('"deployer"'));
  expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual([
    "start-roll-out succeeded",
    "cancel-roll-out succeeded",
    "start-roll-out succeeded",
    "roll-back-roll-out succeeded",
  ]);
}, 180_000);

it("starts what the preview suggests, and nothing that is named twice", async () => {
  await createGroup("jobs");
  const { token } = await api.createToken({ role: "operator" });
  const path = "/groups/us-east-1/jobs/roll-outs";
  await ask(token, path, { version: 2, amiId: "ami-0123456789abcdef0" }, 400);
  const { suggested } = await ask<{ suggested: object }>(token, "/groups/us-east-1/jobs/preview");
  expect(suggested).toEqual({ version: 2 });
  expect(await ask(token, path, {})).toMatchObject({ after: { version: 2 } });
}, 180_000);
