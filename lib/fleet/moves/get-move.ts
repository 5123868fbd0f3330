import "server-only";
import type { AwsAccess } from "@/lib/aws/types";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { maySeeImages } from "../roll-outs/read-roll-out-facts";
import { judgeMove } from "./judge-move";
import { newestMove, type StoredMove } from "./move-rows";
import { readImageNow, readInstanceNow } from "./read-moved-instance";
import { instanceKeySchema } from "./schemas";
import type { ImageNow, MoveView } from "./types";

/** The newest move of an instance as it stands; none where there was none, or where one may not see it. */
export const getMove = useCase(
  "get-move",
  instanceKeySchema,
  async ({ ctx, input }): Promise<{ move: MoveView | null }> =>
    sharedAnswer(ctx, `get-move ${JSON.stringify([input.region, input.instanceId])}`, async () => {
      const stored = await newestMove(ctx, input);
      if (!stored || !maySeeImages(ctx, [stored.imageName])) return { move: null };
      return { move: await viewOf(ctx, stored) };
    }),
);

/**
 * What was made is not taken for gone before this: another one would be made in its place. AWS shows it in seconds.
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
const SHOWN_WITHIN_MS = 600_000;

/** What exists of a move and what can be done next. One thing that cannot be read costs its own step only. */
export async function viewOf(ctx: UseCaseContext, stored: StoredMove): Promise<MoveView> {
  const { region, instanceId, destination, amiId, copyId, newInstanceId } = stored;
  const doubts: string[] = [];
  const source = ctx.aws.inRegion(region);
  const there = ctx.aws.inRegion(destination.region);
  const isNew = stored.madeAt !== null && ctx.clock.now() - stored.madeAt.getTime() < SHOWN_WITHIN_MS;
  const notYet = (id: string) => doubts.push(`AWS does not show ${id} yet.`);
  const imageNow = async (aws: AwsAccess, id: string | null): Promise<ImageNow | undefined> => {
    const now = id === null ? undefined : await readImageNow(aws, id, doubts);
    if (id === null || now !== "gone" || !isNew) return now;
    notYet(id);
    return "not known";
  };
  const [old, ami, copy, made] = await Promise.all([
    readInstanceNow(source, instanceId, doubts),
    imageNow(source, amiId),
    imageNow(there, copyId),
    newInstanceId === null ? undefined : readInstanceNow(there, newInstanceId, doubts),
  ]);
  const isHidden = made?.state === "gone" && isNew;
  if (isHidden) notYet(newInstanceId ?? "");
  const launched = isHidden ? { state: "not known" } : made;
  return {
    id: stored.id,
    region,
    instanceId,
    startedAt: stored.startedAt.toISOString(),
    startedBy: stored.startedBy,
    destination,
    reboot: stored.reboot,
    ...(amiId !== null && ami && { ami: { amiId, state: ami } }),
    ...(copyId !== null && copy && { copy: { amiId: copyId, state: copy } }),
    ...(newInstanceId !== null && launched && { launched: { instanceId: newInstanceId, ...launched } }),
    old,
    steps: judgeMove({
      hasEnded: stored.endedAt !== null,
      isCopied: destination.region !== region,
      old,
      ...(ami && { ami }),
      ...(copy && { copy }),
      ...(launched && { launched }),
    }),
    ...(stored.endedAt && { endedAt: stored.endedAt.toISOString() }),
    ...(stored.endedBy !== null && { endedBy: stored.endedBy }),
    doubts,
  };
}
