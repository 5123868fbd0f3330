import "server-only";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { AlarmNow } from "../roll-outs/alarm-states";
import { readAlarms } from "../roll-outs/read-alarms";
import { accessIn, readGroup } from "../roll-outs/read-roll-out-group";
import { type StoredRollOut, toRow } from "../roll-outs/roll-out-rows";
import { atCheckpoint, settleRollOut } from "../roll-outs/settle-roll-out";
import { partState, shownState } from "./judge-series";
import { findSeenSeries, maySeePart } from "./open-series";
import { seriesKeySchema } from "./schemas";
import { findSeries, nextOf, type Standing, type StandingPart } from "./series-rows";
import type { SeriesPart, SeriesRow, SeriesView } from "./types";

/** A roll-out of several groups as it stands now. Throws `not-found`, also where one may see none of its groups. */
export const getRollOutSeries = useCase(
  "get-roll-out-series",
  seriesKeySchema,
  async ({ ctx, input: { id } }): Promise<SeriesView> =>
    sharedAnswer(ctx, `get-roll-out-series ${id}`, async () => {
      const { parts } = await findSeenSeries(ctx, id);
      const doubts: string[] = [];
      const checkpoints = new Map<string, number>();
      for (const part of parts) {
        const { rollOut } = part;
        if (!rollOut || rollOut.endedAt) continue;
        const { value, reason } = await unlessFailed(settle(ctx, rollOut), undefined);
        if (value !== undefined) checkpoints.set(rollOut.id, value);
        if (reason)
          doubts.push(
            maySeePart(ctx, part)
              ? `The roll-out to ${rollOut.groupName} could not be read. ${reason}`
              : "One of the roll-outs could not be read.",
          );
      }
      const standing = await findSeries(ctx, id);
      const row = seriesRow(ctx, standing, checkpoints);
      const { alarms, reason } = await watchedAlarms(ctx, standing, row);
      if (reason) doubts.push(`The state of the alarms is not known. ${reason}`);
      return { ...row, alarms, doubts };
    }),
);

/** The alarms that decide next, unless the group that watches them is hidden. */
async function watchedAlarms(
  ctx: UseCaseContext,
  { parts }: Standing,
  { state }: SeriesRow,
): Promise<{ alarms: AlarmNow[]; reason?: string }> {
  if (!("position" in state)) return { alarms: [] };
  const watching = parts[state.is === "waiting" ? state.position - 1 : state.position];
  if (!watching || !maySeePart(ctx, watching)) return { alarms: [] };
  const { region, preferences } = watching.part;
  return readAlarms(await accessIn(ctx, region), preferences.alarms);
}

/** Brings a row up to date and returns the checkpoint at which it waits, if it does. */
async function settle(ctx: UseCaseContext, rollOut: StoredRollOut): Promise<number | undefined> {
  const aws = await accessIn(ctx, rollOut.region);
  const group = await readGroup(aws, rollOut.groupName);
  const { refresh } = await settleRollOut(ctx, aws, rollOut, group);
  return refresh && atCheckpoint(refresh, rollOut.preferences, group);
}

/** What somebody sees of it: of groups whose images they may not see, only that there are some. */
export function seriesRow(
  ctx: UseCaseContext,
  standing: Standing,
  checkpoints: ReadonlyMap<string, number> = new Map(),
): SeriesRow {
  const { series, parts } = standing;
  const now = ctx.clock.now();
  const isEnded = series.endedAt !== null;
  const next = nextOf(standing, now);
  const state = shownState(next);
  const decided = "position" in state ? parts[state.position] : undefined;
  if ("because" in state && decided && !maySeePart(ctx, decided)) delete state.because;
  return {
    id: series.id,
    startedAt: series.startedAt.toISOString(),
    startedBy: series.startedBy,
    state: !isEnded ? state : series.endedBy === null ? { is: "done" } : { is: "ended", by: series.endedBy },
    parts: parts.map((part) => shownPart(ctx, part, { now, isEnded, checkpoints })),
    ...(series.endedAt && { endedAt: series.endedAt.toISOString() }),
  };
}

function shownPart(
  ctx: UseCaseContext,
  standing: StandingPart,
  { now, isEnded, checkpoints }: { now: number; isEnded: boolean; checkpoints: ReadonlyMap<string, number> },
): SeriesPart {
  const { part, rollOut, facts } = standing;
  const own = partState(facts, now);
  const state = isEnded && own === "queued" ? "left" : own;
  const { position } = part;
  if (!maySeePart(ctx, standing)) return { position, state, isHidden: true };
  const row = rollOut && toRow(ctx, rollOut);
  const checkpoint = rollOut && checkpoints.get(rollOut.id);
  const reason = state === "failed" ? reasonOf(standing) : undefined;
  return {
    position,
    state,
    isHidden: false,
    region: part.region,
    group: part.groupName,
    gate: part.gate,
    alarms: part.preferences.alarms,
    ...(row && {
      rollOutId: row.id,
      after: row.after,
      percentage: row.percentage,
      status: row.status,
      startedAt: row.startedAt,
      ...(row.endedAt && { endedAt: row.endedAt }),
    }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(part.claimedBy !== null && { startedBy: part.claimedBy }),
    ...(reason !== undefined && { reason }),
    ...(part.heldBecause !== null && { heldBecause: part.heldBecause }),
    ...(part.skippedBy !== null && { skippedBy: part.skippedBy }),
  };
}

const REASONS: Record<string, string> = {
  Cancelled: "It was canceled.",
  RollbackSuccessful: "AWS rolled it back.",
  RollbackFailed: "AWS could not roll it back.",
};

function reasonOf({ part, rollOut }: StandingPart): string {
  if (part.startError !== null) return part.startError;
  if (rollOut?.relation === "returns") return "It was returned to the version before.";
  return REASONS[rollOut?.status ?? ""] ?? rollOut?.reason ?? "It failed.";
}
