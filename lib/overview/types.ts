import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { UnreadAccount } from "@/lib/core/target";
import type { FoundBuild, HistoryStanding, IndexedBuild } from "@/lib/history/types";
import type { WaitingStep } from "@/lib/image-builder/approvals/types";
import type { BuildStage } from "@/lib/image-builder/image-builds/types";
import type { PipelineSummary } from "@/lib/image-builder/pipelines/types";

/** How much of an answer is known, and as of when. */
export type Freshness = {
  /** The minute in which the answer was worked out, ISO 8601: an answer that says nothing new stays the same. */
  asOf: string;
  /** IANA name of the console's time zone. */
  timeZone: string;
  /**
   * The history behind it. `off`: no sync has ever run here. `listing`: the first walk through AWS's lists is under way.
   * `behind`: the sync has not got on for minutes. `away`: its database does not answer.
   */
  index: "current" | "listing" | "behind" | "off" | "away";
  /** For how many minutes the history's sync has not got on; only while it is behind. */
  behindMinutes?: number;
  pipelines: number;
  /** Why AWS's list of pipelines is missing: these are the history's, without schedules and states. */
  unlisted?: string;
  /** Of these pipelines nothing is known yet. */
  unread: number;
  /** Why something is missing, in sentences. */
  reasons: string[];
};

export type RunningBuild = IndexedBuild & {
  /** Where it runs in another target than the page is about. */
  target?: string;
  stages: BuildStage[];
  currentStep?: string;
  /** What half and 95 of 100 good builds of the pipeline took lately, in milliseconds. */
  usual?: { p50Ms: number; p95Ms: number };
};

type AttentionRow = {
  /** Where the row is about another target than the page. */
  target?: string;
  /** Absent for a build without a pipeline. */
  pipelineName?: string;
  /** From the tags of the pipeline. */
  owner?: string;
  /** ISO 8601; absent where AWS does not say. */
  since?: string;
};

/** One pipeline that needs somebody, with the one reason that comes first. */
export type Attention = AttentionRow &
  (
    | { kind: "failing"; count: number; build: IndexedBuild }
    | { kind: "waiting"; imageName: string; stepName: string; build: ImageBuildKey; expiresAt?: string }
    | { kind: "stale"; ageDays: number; freshWithinDays: number }
    | { kind: "never-runs"; words: string }
    | { kind: "disabled"; failures?: number }
  );

/** Every pipeline that the actor may see, by name. */
export type PipelineList = { freshness: Freshness; pipelines: PipelineSummary[] };

/** Builds that somebody looks for, newest first. */
export type FoundBuilds = {
  freshness: Freshness;
  builds: FoundBuild[];
  /** All that match, not only these; 10,000 stands for that many or more. */
  total: number;
  /** For the next page. */
  next?: string;
  /** How far the answer reaches where packages or a CVE were looked for, in a sentence. */
  reach?: string;
  /** Where each account stands, when all were asked about; the freshness is that of the opened one. */
  accounts?: AccountStanding[];
  /** Accounts whose findings could not be read: their images may be missing. */
  unread?: UnreadAccount[];
};

/** An image under its name, with its latest successful build. */
export type ImageRow = {
  name: string;
  displayName: string;
  /** Of the latest successful build. */
  version: string;
  build: string;
  createdAt: string;
  status: string;
  type: string;
  platform?: string;
  osVersion?: string;
  pipelines: string[];
  amis: { region: string; amiId: string }[];
  ageDays: number;
  freshWithinDays: number;
  /** As they were when the build was indexed; absent where it was not scanned. */
  findings?: { critical: number; high: number };
};

export type ImageRows = { freshness: Freshness; images: ImageRow[] };

export type NextRun = { pipelineName: string; at: string; words: string };

/** What the builds of a pipeline came to on one day. */
export type DayResults = {
  day: string;
  succeeded: number;
  failed: number;
  cancelled: number;
  running: number;
};

export type Overview = {
  freshness: Freshness;
  running: RunningBuild[];
  /** One row a pipeline: failing, waiting, stale, never runs, disabled; within each the longest first. */
  attention: Attention[];
  /** Why it is not known whether any step waits. */
  waitingUnknown?: string;
  /** The pipelines that are due first. */
  next: NextRun[];
  /** How many more pipelines have a next run. */
  nextLeft: number;
  /** Days that `activity` and `totals` cover, the newest last, in the console's time zone. */
  days: string[];
  /** The pipelines that ran last, with their days that had builds. */
  activity: {
    target?: string;
    pipelineName: string;
    days: DayResults[];
    lastBuild?: IndexedBuild;
    isRead: boolean;
  }[];
  totals: {
    succeeded: number;
    failed: number;
    /** The same in as many days before; absent while the history does not reach back. */
    before?: { succeeded: number; failed: number };
    byDay: DayResults[];
    failing: number;
    stale: number;
    /** Of the stale images, in days. */
    oldestDays?: number;
    /** Steps that wait for a person; absent while that is not known. */
    waiting?: number;
    /** Newest images of pipelines that were scanned, and those with critical findings; absent without the history. */
    findings?: { scanned: number; critical: number; byDay: number[] };
  };
};

/** Where one of the accounts stands, by the history. */
export type AccountStanding = {
  target: string;
  label: string;
  accountId: string;
  region: string;
  pipelines: number;
  failing: number;
  stale: number;
  running: number;
  succeeded: number;
  failed: number;
  index: Freshness["index"];
  behindMinutes?: number;
  /** Why its rows are missing or old. */
  reason?: string;
};

/** Every account that somebody may see, from the history alone: its rows name their targets. */
export type AllOverview = Overview & { accounts: AccountStanding[] };

/** A pipeline of one of the accounts, by the history. */
export type AccountPipeline = HistoryStanding & { target: string };

export type AllPipelines = { accounts: AccountStanding[]; pipelines: AccountPipeline[]; asOf: string };

export type AllImages = { accounts: AccountStanding[]; images: (ImageRow & { target: string })[] };

/** Steps that wait in any account, longest waiting first, and the accounts that did not say, with the reason. */
export type AllWaitingSteps = {
  steps: (WaitingStep & { target: string })[];
  unread: UnreadAccount[];
};

/** What uses the versions of one name of a list; of a kind without versions, the resource. */
export type Usage = {
  name: string;
  state: "used" | "unused" | "not-known";
  /** How many names of each use any of its versions, pipelines also through a recipe. */
  recipes: number;
  pipelines: number;
  policies: number;
  /** Builds that AWS still has. */
  builds: number;
  /** ARNs of versions that nothing uses; empty while something is not known. */
  unused: string[];
  /** What was not looked at, in sentences. */
  why?: string;
};
