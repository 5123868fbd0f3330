import type { AlarmNow } from "../roll-outs/alarm-states";
import type { RecordedStart, RollOutChoice, RollOutPreferences, RollOuts } from "../roll-outs/types";

/** What opens the way to the next group; `minutes` run from when the group before was seen to have succeeded. */
export type Gate = { by: "person" } | { by: "time"; minutes: number };

/** A group of a roll-out of several, as it is planned. */
export type PlannedGroup = {
  region: string;
  group: string;
  to: RollOutChoice;
  pin: boolean;
  preferences: RollOutPreferences;
  /** Before this group; the first one's is not looked at. */
  gate: Gate;
};

export type PartState =
  /** Its turn has not come, or its gate is closed. */
  | "queued"
  /** Its start is under way and AWS has not answered. */
  | "starting"
  | "running"
  | "succeeded"
  /** Not started, failed, canceled, rolled back, or returned to the version before. */
  | "failed"
  | "skipped"
  /** The whole was ended before its turn came. */
  | "left";

/** A group with where it stands. Who may not see its images is told only that. Times are ISO 8601. */
export type SeriesPart = { position: number; state: PartState } & (
  | { isHidden: true }
  | {
      isHidden: false;
      region: string;
      group: string;
      gate: Gate;
      alarms: string[];
      rollOutId?: string;
      after?: RecordedStart;
      percentage?: number;
      /** AWS's word for its roll-out. */
      status?: string;
      checkpoint?: number;
      startedAt?: string;
      endedAt?: string;
      /** Who let it be started; absent where its gate opened by itself. */
      startedBy?: string;
      /** Why it failed. */
      reason?: string;
      /** Why its gate waits for a person. */
      heldBecause?: string;
      skippedBy?: string;
    }
);

/** Where a roll-out of several groups stands. */
export type SeriesState =
  | { is: "running"; position: number }
  /** At the gate before a group: until a time, or for a person. */
  | { is: "waiting"; position: number; until?: string; because?: string }
  /** A group failed: nothing goes on until a person decides. */
  | { is: "stopped"; position: number }
  | { is: "done" }
  | { is: "ended"; by?: string };

export type SeriesRow = {
  id: string;
  startedAt: string;
  startedBy: string;
  state: SeriesState;
  parts: SeriesPart[];
  endedAt?: string;
};

/** One of them, with what could not be read. */
export type SeriesView = SeriesRow & {
  /** Those that the group in progress watches, or the one before the gate that is waited at. */
  alarms: AlarmNow[];
  doubts: string[];
};

/** What the list of roll-outs shows: those of single groups, and of several. */
export type RollOutLists = RollOuts & { series: SeriesRow[] };
