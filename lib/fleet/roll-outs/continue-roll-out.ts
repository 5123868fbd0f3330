import "server-only";
import { randomUUID } from "node:crypto";
import { CancelInstanceRefreshCommand } from "@aws-sdk/client-auto-scaling";
import type { AwsAccess } from "@/lib/aws/types";
import { systemClock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { beginRefresh } from "./begin-refresh";
import { openStep } from "./open-step";
import { authorizeGroupNow, readRollOutFacts } from "./read-roll-out-facts";
import type { StoredRollOut } from "./roll-out-rows";
import { rollOutKeySchema } from "./schemas";
import { settleRollOut } from "./settle-roll-out";

/** At a checkpoint nothing is under way, so that AWS soon ends a refresh. */
const LOOKS = 20;
const LOOK_EVERY_MS = 1_000;

/**
 * Replaces the rest of the instances: AWS has no call that ends a checkpoint early, so the refresh is ended and another
 * started that skips what runs the new version. Returns the ID of that one. A console that ends in between leaves a
 * canceled roll-out, which can be continued by the same step.
 */
export const continueRollOut = useCase(
  "continue-roll-out",
  rollOutKeySchema,
  async ({ ctx, input: { id } }): Promise<{ id: string }> => {
    const { aws, stored } = await openStep(ctx, "continue-roll-out", id, "carryOn");
    await authorizeGroupNow(ctx, "continue-roll-out", stored);
    if (stored.endedAt === null) await endRefresh(ctx, aws, stored);
    const facts = await readRollOutFacts(ctx, { region: stored.region, group: stored.groupName });
    const passed = stored.checkpoint ?? 0;
    return beginRefresh(
      ctx,
      "continue-roll-out",
      { ...facts, imageNames: stored.imageNames },
      {
        to: { version: stored.after.version },
        preferences: {
          ...stored.preferences,
          skipMatching: true,
          checkpointPercentages: stored.preferences.checkpointPercentages.filter((share) => share > passed),
        },
        pinTo: undefined,
        withDesired: true,
        before: stored.before,
        relation: { relatedId: stored.id, relation: "continues" },
        ...(stored.seriesId && { partOf: { seriesId: stored.seriesId, id: randomUUID() } }),
      },
    );
  },
);

async function endRefresh(ctx: UseCaseContext, aws: AwsAccess, stored: StoredRollOut): Promise<void> {
  const write = { resource: stored.groupName, input: { id: stored.id, refreshId: stored.refreshId } };
  await recordWrite(ctx, "continue-roll-out", write, async () => {
    const answer = await aws.autoScaling.write(
      new CancelInstanceRefreshCommand({ AutoScalingGroupName: stored.groupName }),
    );
    return { value: null, after: { canceled: stored.refreshId }, awsRequestId: requestIdOf(answer) };
  });
  for (let look = 0; look < LOOKS; look++) {
    const { row } = await settleRollOut(ctx, aws, stored);
    if (row.endedAt) return;
    await systemClock.sleep(LOOK_EVERY_MS);
  }
  throw new ConsoleFailure({
    code: "conflict",
    message: "AWS is still ending the instance refresh. When it is canceled, continue from its page.",
  });
}
