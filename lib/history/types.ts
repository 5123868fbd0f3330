import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";

/** How far the index of a target is. */
export type SyncProgress = {
  /** `off`: no sync has ever run here. `listing`: what builds there are. `reading`: what is in each. */
  phase: "off" | "listing" | "reading" | "following";
  /** Builds in the index. */
  builds: number;
  /** Builds whose stages, versions and causes are still to be read. */
  pending: number;
  /** An estimate; absent when nothing is left or nobody can tell. */
  secondsLeft?: number;
  /** ISO 8601. */
  updatedAt?: string;
  /** Why it cannot go on at the moment. */
  mistake?: string;
};

/** A build of the index as lists show it, with what it came to and why. */
export type IndexedBuild = ImageBuildSummary & {
  result: "running" | "succeeded" | "failed" | "cancelled";
  /** What the rule that explains the failure says. */
  ruleTitle?: string;
  failedStage?: string;
  failedStep?: string;
  failedComponent?: string;
};

/** A build that was looked for: in any target, and also one that AWS has no more. */
export type FoundBuild = IndexedBuild & {
  target: string;
  durationMs?: number;
  /** In this console; AWS does not say who. */
  startedBy?: string;
  /** AWS has the image no more. */
  isGone: boolean;
  /** What of the image is looked for: packages with their versions. */
  matched?: string[];
};

/** The latest successful image of a name. */
export type HistoryImage = FoundBuild & {
  /** How old it may be, as the pipeline's team set it. */
  freshWithinDays: number;
  findings?: { critical: number; high: number };
};

/** Where a pipeline of one target stands, as far as the index knows. */
export type HistoryStanding = {
  pipeline: string;
  lastBuild: IndexedBuild;
  /** Equal results in a row up to the latest that succeeded or failed. `since`: when the first of them began. */
  streak?: { result: "succeeded" | "failed"; count: number; since: string };
  /** The newest failure; only while the streak is one. */
  lastFailed?: IndexedBuild;
  /** When the newest image that is still good was begun; ISO 8601. */
  lastGoodAt?: string;
  /** How old that image may be. */
  freshWithinDays: number;
};

/** What the index says of a target at once. */
export type HistoryIndex = {
  standings: HistoryStanding[];
  running: IndexedBuild[];
  /** True once every list of AWS's has been walked: what is not in the index then was not there. */
  isListed: boolean;
  /** When the sync last got on, ISO 8601; absent where none ever ran. */
  syncedAt?: string;
  /** Why it does not get on at the moment. */
  mistake?: string;
};

/** A range of days, both ends counted, and the equally long one before it. */
export type HistoryRange = {
  from: string;
  to: string;
  days: number;
  beforeFrom: string;
  beforeTo: string;
  /** IANA name: in it the days begin and end. */
  timeZone: string;
};

export type ResultCounts = { succeeded: number; failed: number; cancelled: number; running: number };

/** Addresses a build of any target. */
export type HistoryBuildRef = { target: string; name: string; version: string; build: string };

export type HistoryBuild = HistoryBuildRef & {
  pipeline?: string;
  result: "running" | "succeeded" | "failed" | "cancelled";
  status: string;
  reason?: string;
  /** ISO 8601. */
  createdAt: string;
  day: string;
  durationMs?: number;
  buildType?: string;
  /** In this console; AWS does not say who. */
  startedBy?: string;
  /** Which dependencies were not those of the build before. */
  moved?: ("base" | "component")[];
  failedStage?: string;
  failedStep?: string;
  failedComponent?: string;
  rule?: string;
  ruleTitle?: string;
  isFirstFailure: boolean;
  /** AWS has the image no more. */
  isGone: boolean;
};

export type HistoryBuilds = {
  range: HistoryRange;
  builds: HistoryBuild[];
  /** All that match, not only these. */
  total: number;
  /** For the next page. */
  next?: string;
};

export type PipelineStanding = {
  target: string;
  pipeline: string;
  lastBuildAt: string;
  lastBuild: HistoryBuildRef;
  streak?: { result: "succeeded" | "failed"; count: number; since: string };
  lastGoodAt?: string;
  /** Whole days since the latest successful image; absent without one. */
  ageDays?: number;
  freshWithinDays: number;
  isStale: boolean;
};

/** The good build that made an AMI, and where it stands among the good builds of its pipeline. */
export type AmiBuild = {
  name: string;
  version: string;
  build: string;
  displayName: string;
  pipeline?: string;
  createdAt: string;
  findings?: { critical: number; high: number };
  /** Good builds of the same pipeline since. */
  newer: number;
  /** The newest of them, or this build. */
  newest: {
    name: string;
    version: string;
    build: string;
    createdAt: string;
    findings?: { critical: number; high: number };
  };
};

export type FactoryHealth = {
  range: HistoryRange;
  totals: ResultCounts;
  before: ResultCounts;
  days: (ResultCounts & { day: string })[];
  /** Of all pipelines now; `oldestDays`: how old the oldest of the stale images is. */
  standing: { pipelines: number; failing: number; stale: number; oldestDays: number };
  /** At most 200: those that fail, then those that are stale, first. */
  pipelines: PipelineStanding[];
};

/** Each pipeline's days; only those with builds. */
export type RunCalendar = {
  range: HistoryRange;
  /** How many have builds; `rows` has at most 100 of them, those with the most failed builds. */
  pipelines: number;
  rows: { target: string; pipeline: string; days: (ResultCounts & { day: string })[] }[];
};

/** What the schedules of the pipelines asked about start within the next week. */
export type ComingRuns = {
  range: HistoryRange;
  /** A pipeline's runs on one day: the first one's instant, how many, and the schedule in words; soonest first. */
  runs: { target: string; pipeline: string; day: string; firstAt: string; times: number; words: string }[];
  /** Targets whose schedules could not be read, with the reason. */
  unread: { target: string; reason: string }[];
};

export type FailureCause = { key: string; title: string; count: number; before: number };

export type BuildChange = {
  kind: "base" | "recipe" | "component";
  name: string;
  before?: string;
  after?: string;
};

export type FailureCauses = {
  range: HistoryRange;
  failed: number;
  failedBefore: number;
  /** Failed builds of which nobody has found out why. */
  unexplained: number;
  /** Failed builds that came right after a good one. */
  firstFailed: number;
  rules: FailureCause[];
  components: FailureCause[];
  steps: FailureCause[];
  stages: FailureCause[];
  /** Failures right after a good build, newest first, at most 30, with what was not the same. */
  firstFailures: (HistoryBuild & { changes: BuildChange[] })[];
};

/** 50 and 95 of 100 took at most that long; told from buckets 4% wide, so within 2%. */
export type Percentiles = { count: number; p50Ms: number; p95Ms: number };

export type BuildDurations = {
  range: HistoryRange;
  build?: Percentiles;
  before?: Percentiles;
  /** By day, or by week from Monday on when the range is long. */
  period: "day" | "week";
  series: (Percentiles & { day: string })[];
  /** Of the range before, by its own days or weeks. */
  seriesBefore: (Percentiles & { day: string })[];
  /** Unless one was asked about: the six pipelines whose builds took the most time in all, each by day or week. */
  pipelines: { target: string; pipeline: string; series: (Percentiles & { day: string })[] }[];
  /** Of the one pipeline that is asked about; none for several. */
  changes: FactoryChanges["changes"];
  stages: (Percentiles & { stage: string })[];
  stageSeries: (Percentiles & { stage: string; day: string })[];
  /** Slowest first. */
  steps: (Percentiles & { stage: string; name: string; totalMs: number })[];
};

/** A workflow step of one pipeline whose median grew. */
export type SlowerStep = {
  target: string;
  pipeline: string;
  stage: string;
  name: string;
  nowMs: number;
  beforeMs: number;
  /** `day`: its first slower day. `gradual`: no one day. `not-known`: too few days to tell. */
  since: { kind: "day"; day: string } | { kind: "gradual" } | { kind: "not-known" };
  /** What the builds of that day were made of that those before were not; absent: not known. */
  changes?: BuildChange[];
};

export type SlowerSteps = {
  range: HistoryRange;
  /** Medians of the days from `nowFrom` to the end of the range, against those from `beforeFrom` up to it. */
  nowFrom: string;
  nowDays: number;
  beforeDays: number;
  /** How many pipelines have builds in those days; only those with the most build time, `compared`, were looked at. */
  pipelines: number;
  compared: number;
  /** Steps that have builds on both sides: without any, nothing is known. */
  steps: number;
  /** What grew the most first, at most 12. */
  slower: SlowerStep[];
};

export type FactoryChanges = {
  range: HistoryRange;
  changes: (BuildChange & { of: HistoryBuildRef; pipeline: string; createdAt: string; result: string })[];
  /** How many pipelines have a good image; `lineage` has at most 200 of them. */
  pipelines: number;
  /** The latest successful image of each pipeline and what it was made from. */
  lineage: (HistoryBuildRef & {
    pipeline: string;
    createdAt: string;
    parentImage?: string;
    baseAmi?: string;
    recipe?: string;
    components: { name: string; version: string }[];
    amis: { region: string; amiId: string }[];
    launchTemplates: { region: string; launchTemplateId: string }[];
  })[];
};

/** Of one pipeline: between each good image and the one before it. */
export type PackageChanges = {
  range: HistoryRange;
  images: (HistoryBuildRef & { createdAt: string; packages: number })[];
  changes: { of: HistoryBuildRef & { createdAt: string }; name: string; before?: string; after?: string }[];
};

type FindingCounts = { critical: number; high: number; medium: number; other: number };

export type FactoryFindings = {
  range: HistoryRange;
  /** On each day, in the newest good scanned image that each pipeline then had. */
  days: (FindingCounts & { day: string; images: number })[];
  /** Pipelines whose newest image was scanned, and those of them with critical findings. */
  scanned: number;
  critical: number;
  /** At most 100, the worst first. */
  images: (HistoryBuildRef &
    FindingCounts & {
      pipeline: string;
      createdAt: string;
      amis: { region: string; amiId: string }[];
      /** Such as "instance i-0ab (running)": looked up for images of the opened target with critical findings. */
      usedBy?: string[];
    })[];
  /** Why `usedBy` may leave something out. */
  doubts: string[];
};

export type FactoryCosts = {
  range: HistoryRange;
  hours: { instanceType: string; builds: number; hours: number; hoursBefore: number }[];
  /** Of all pipelines. */
  keptImages: number;
  keptGib: number;
  /** Images that AWS still has, and the volumes that their recipes ask for: the 50 pipelines with the most. */
  kept: { target: string; pipeline: string; images: number; gib: number }[];
};

/** What the history can be asked. */
export type HistoryAnswers = {
  health: FactoryHealth;
  calendar: RunCalendar;
  coming: ComingRuns;
  failures: FailureCauses;
  durations: BuildDurations;
  slower: SlowerSteps;
  changes: FactoryChanges;
  packages: PackageChanges;
  findings: FactoryFindings;
  costs: FactoryCosts;
  builds: HistoryBuilds;
};
export type HistoryShow = keyof HistoryAnswers;
export const HISTORY_SHOWS = [
  "health",
  "calendar",
  "coming",
  "failures",
  "durations",
  "slower",
  "changes",
  "packages",
  "findings",
  "costs",
  "builds",
] as const satisfies readonly HistoryShow[];

/** All that the address of the page holds, as text. */
export type HistoryState = {
  show?: string;
  targets?: string;
  pipeline?: string;
  days?: string;
  from?: string;
  to?: string;
  result?: string;
  rule?: string;
  component?: string;
  step?: string;
  ran?: string;
  stage?: string;
  instanceType?: string;
  after?: string;
};

/** What the console knows of a build beside what AWS says. */
export type BuildStanding = {
  /** Who started it in this console; AWS does not say who. */
  startedBy?: string;
  /** How long successful builds of its pipeline took in the last 90 days; absent without any. */
  usual?: Percentiles;
};

/** A build that has ended, as lists of what happened show it. */
export type EndedBuild = {
  id: string;
  name: string;
  version: string;
  build: string;
  displayName: string;
  pipeline?: string;
  result: "succeeded" | "failed" | "cancelled";
  /** ISO 8601. */
  endedAt: string;
  startedBy?: string;
  ruleTitle?: string;
  reason?: string;
  isGone: boolean;
};

export type EndedQuery = {
  /** Part of the name of who started it. */
  who?: string | undefined;
  /** Part of the pipeline's or the image's name. */
  name?: string | undefined;
  result?: EndedBuild["result"] | undefined;
  /** The first one wanted, by its end in epoch milliseconds and its ID. */
  from?: { atMs: number; id: string } | undefined;
  limit: number;
};
