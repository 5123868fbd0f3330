import { afterAll, beforeAll, expect, it } from "vitest";
import { indexBuilds } from "@/lib/testing/index-builds";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { getFleet } from "../groups/get-fleet";
import { beginMove } from "./begin-move";
import { changeMove } from "./change-move";
import { copyMoveAmi } from "./copy-move-ami";
import { createMoveAmi } from "./create-move-ami";
import { endMove } from "./end-move";
import { getMove } from "./get-move";
import { launchMovedInstance } from "./launch-moved-instance";
import { previewMove } from "./preview-move";
import { stopMovedInstance } from "./stop-moved-instance";

let testConsole: TestConsole;
let key: { region: string; instanceId: string };
let image = "";
beforeAll(async () => {
  testConsole = await startTestConsole({ seed: "demo", accountId: "111111111111" });
  await indexBuilds(testConsole);
  const { rows } = await getFleet({ ctx: testConsole.contextOf() });
  const single = rows.find(({ instanceId }) => instanceId);
  key = { region: single?.region ?? "", instanceId: single?.instanceId ?? "" };
  image = single?.running[0]?.build?.name ?? "";
}, 300_000);
afterAll(() => testConsole.close());

it("lets the team of the instance's image move it, and no other", async () => {
  expect(image).not.toBe("");
  const own = testConsole.contextOf({ role: "admin", target: "*", namePrefix: image });
  const other = testConsole.contextOf({ role: "admin", target: "*", namePrefix: `not-${image}` });
  await expect(previewMove({ ctx: other, input: { ...key, to: key.region } })).rejects.toThrow("You need");
  const { suggested: destination, obstacles } = await previewMove({
    ctx: own,
    input: { ...key, to: key.region },
  });
  expect(obstacles).toEqual([]);
  const start = { ...key, destination, reboot: true };
  await expect(beginMove({ ctx: other, input: start })).rejects.toThrow("You need");
  const { id } = await beginMove({ ctx: own, input: start });
  expect(await getMove({ ctx: other, input: key })).toEqual({ move: null });
  const refused = [createMoveAmi, copyMoveAmi, launchMovedInstance, stopMovedInstance, endMove].map((step) =>
    step({ ctx: other, input: { id } }),
  );
  refused.push(changeMove({ ctx: other, input: { id, destination } }));
  for (const attempt of await Promise.allSettled(refused)) expect(attempt.status).toBe("rejected");
  const later = () => testConsole.clock.advance(600_000);
  await createMoveAmi({ ctx: own, input: { id } });
  later();
  await launchMovedInstance({ ctx: own, input: { id } });
  later();
  await stopMovedInstance({ ctx: own, input: { id } });
  later();
  const { move } = await getMove({ ctx: own, input: key });
  expect(move).toMatchObject({ launched: { state: "running" }, old: { state: "stopped" } });
});
