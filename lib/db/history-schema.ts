import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/**
 * Every build that AWS told of, as it was told last. Rows outlive the images. `lib/history` alone touches this
 * table and those below.
 */
export const historyBuilds = pgTable(
  "history_builds",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    targetId: text("target_id").notNull(),
    arn: text("arn").notNull(),
    name: text("name").notNull(),
    version: text("version").notNull(),
    build: text("build").notNull(),
    displayName: text("display_name").notNull(),
    /** Empty for a build without a pipeline. */
    pipeline: text("pipeline").notNull(),
    status: text("status").notNull(),
    /** What the build came to; the status goes on to change when the image is deprecated or deleted. */
    result: text("result", { enum: ["running", "succeeded", "failed", "cancelled"] }).notNull(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
    /** The day on which it began, in the console's time zone. */
    day: date("day", { mode: "string" }).notNull(),
    endedAt: instant("ended_at"),
    durationMs: bigint("duration_ms", { mode: "number" }),
    buildType: text("build_type"),
    /** Who started it in this console; AWS does not say who. */
    startedBy: text("started_by"),
    imageType: text("image_type").notNull(),
    platform: text("platform"),
    osVersion: text("os_version"),
    recipeName: text("recipe_name"),
    recipeVersion: text("recipe_version"),
    parentImage: text("parent_image"),
    /** The AMI that the parent image resolved to. */
    baseAmi: text("base_ami"),
    instanceType: text("instance_type"),
    volumeGib: integer("volume_gib"),
    components: jsonb("components").$type<{ name: string; version: string }[]>(),
    /** The workflows that ran, by the names in their ARNs; null where they were not read. */
    workflows: jsonb("workflows").$type<{ name: string; version: string }[]>(),
    amis: jsonb("amis").$type<{ region: string; amiId: string }[]>(),
    /** Launch templates that its distribution gave a new version, by Region. */
    launchTemplates: jsonb("launch_templates").$type<{ region: string; launchTemplateId: string }[]>(),
    failedStage: text("failed_stage"),
    failedStep: text("failed_step"),
    failedComponent: text("failed_component"),
    rule: text("rule"),
    ruleTitle: text("rule_title"),
    findingsAll: integer("findings_all"),
    findingsCritical: integer("findings_critical"),
    findingsHigh: integer("findings_high"),
    findingsMedium: integer("findings_medium"),
    /** Critical findings when they were read again after the build's end, and when; null until then. */
    criticalsSeen: integer("criticals_seen"),
    findingsReadAt: instant("findings_read_at"),
    /** Failed, while the pipeline's ended build before it was good. */
    isFirstFailure: boolean("is_first_failure").notNull().default(false),
    /** When a list of AWS's had it last. */
    seenAt: instant("seen_at").notNull(),
    /** When stages, versions and causes were read; null while that is still to be done. */
    detailedAt: instant("detailed_at"),
    detailError: text("detail_error"),
    /** When AWS was found to have it no more. */
    goneAt: instant("gone_at"),
  },
  (row) => [
    uniqueIndex("history_builds_arn").on(row.targetId, row.arn),
    index("history_builds_day").on(row.targetId, row.day),
    index("history_builds_created").on(row.targetId, row.createdAt),
    index("history_builds_pipeline").on(row.targetId, row.pipeline, row.createdAt, row.id),
    index("history_builds_failed").on(row.targetId, row.day).where(sql`result = 'failed'`),
    index("history_builds_first_failures")
      .on(row.targetId, row.createdAt, row.id)
      .where(sql`is_first_failure`),
    index("history_builds_scanned")
      .on(
        row.targetId,
        row.pipeline,
        row.createdAt,
        row.id,
        row.day,
        row.findingsAll,
        row.findingsCritical,
        row.findingsHigh,
        row.findingsMedium,
      )
      .where(sql`result = 'succeeded' and findings_all is not null`),
    index("history_builds_ended")
      .on(row.targetId, sql`coalesce(ended_at, created_at)`, row.id)
      .where(sql`result <> 'running'`),
    index("history_builds_running").on(row.targetId).where(sql`result = 'running'`),
    index("history_builds_undetailed")
      .on(row.targetId, row.result, row.createdAt)
      .where(sql`detailed_at is null`),
  ],
);

/** What AWS's inventory found in an image that is, or was, the newest good one of its pipeline. */
export const historyPackages = pgTable(
  "history_packages",
  {
    buildId: bigint("build_id", { mode: "number" })
      .primaryKey()
      .references(() => historyBuilds.id, { onDelete: "cascade" }),
    targetId: text("target_id").notNull(),
    /** A line `name version` for each, by name; empty where none were collected. */
    packages: text("packages").notNull(),
  },
  (row) => [index("history_packages_target").on(row.targetId)],
);

/** Stages and workflow steps of a build, without the attempts that a retry superseded. */
export const historySteps = pgTable(
  "history_steps",
  {
    buildId: bigint("build_id", { mode: "number" })
      .notNull()
      .references(() => historyBuilds.id, { onDelete: "cascade" }),
    ordinal: smallint("ordinal").notNull(),
    kind: text("kind", { enum: ["stage", "step"] }).notNull(),
    stage: text("stage").notNull(),
    /** The stage's own name again for a stage. */
    name: text("name").notNull(),
    action: text("action"),
    status: text("status").notNull(),
    startedAt: instant("started_at"),
    endedAt: instant("ended_at"),
    durationMs: bigint("duration_ms", { mode: "number" }),
  },
  (row) => [primaryKey({ columns: [row.buildId, row.ordinal] })],
);

/** Daily rollup: results. The pipeline `*` stands for all of the target, also in the three tables below. */
export const historyDays = pgTable(
  "history_days",
  {
    targetId: text("target_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    pipeline: text("pipeline").notNull(),
    succeeded: integer("succeeded").notNull(),
    failed: integer("failed").notNull(),
    cancelled: integer("cancelled").notNull(),
    running: integer("running").notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.targetId, row.pipeline, row.day] }),
    index("history_days_day").on(row.targetId, row.day),
  ],
);

/** Daily rollup: how long builds, stages and steps took. */
export const historyDayDurations = pgTable(
  "history_day_durations",
  {
    targetId: text("target_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    pipeline: text("pipeline").notNull(),
    kind: text("kind", { enum: ["build", "stage", "step"] }).notNull(),
    stage: text("stage").notNull(),
    name: text("name").notNull(),
    /** See `Histogram` of lib/history/duration-buckets.ts. */
    histogram: numeric("histogram").notNull(),
    totalMs: bigint("total_ms", { mode: "number" }).notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.targetId, row.pipeline, row.kind, row.day, row.stage, row.name] }),
    index("history_day_durations_day").on(row.targetId, row.day),
  ],
);

/** Daily rollup: instance time by the type that the infrastructure configuration asks for. */
export const historyDayHours = pgTable(
  "history_day_hours",
  {
    targetId: text("target_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    pipeline: text("pipeline").notNull(),
    instanceType: text("instance_type").notNull(),
    builds: integer("builds").notNull(),
    totalMs: bigint("total_ms", { mode: "number" }).notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.targetId, row.pipeline, row.day, row.instanceType] }),
    index("history_day_hours_day").on(row.targetId, row.day),
  ],
);

/**
 * Daily rollup: by how much findings of the newest good scanned image of a pipeline differ, at the end of the day, from
 * those at the end of the day before. Summed up to a day they are what its images then had. The pipeline `*` as above.
 */
export const historyDayFindings = pgTable(
  "history_day_findings",
  {
    targetId: text("target_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    pipeline: text("pipeline").notNull(),
    images: integer("images").notNull(),
    critical: integer("critical").notNull(),
    high: integer("high").notNull(),
    medium: integer("medium").notNull(),
    other: integer("other").notNull(),
  },
  (row) => [
    primaryKey({ columns: [row.targetId, row.pipeline, row.day] }),
    index("history_day_findings_day").on(row.targetId, row.day),
  ],
);

/** What each pipeline came to lately. */
export const historyPipelines = pgTable(
  "history_pipelines",
  {
    targetId: text("target_id").notNull(),
    pipeline: text("pipeline").notNull(),
    lastBuildId: bigint("last_build_id", { mode: "number" }),
    lastBuildAt: instant("last_build_at"),
    /** Of the newest build that succeeded or bad, and how many before it ended the same. */
    streakResult: text("streak_result", { enum: ["succeeded", "failed"] }),
    streakCount: integer("streak_count").notNull(),
    streakSince: instant("streak_since"),
    lastGoodId: bigint("last_good_id", { mode: "number" }),
    lastGoodAt: instant("last_good_at"),
    /** Set by the team; null: the console's own target. */
    freshWithinDays: integer("fresh_within_days"),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.pipeline] })],
);

/** AMI builds that AWS still has, by pipeline, and at most so much in snapshots; builds without a pipeline too. */
export const historyKept = pgTable(
  "history_kept",
  {
    targetId: text("target_id").notNull(),
    pipeline: text("pipeline").notNull(),
    images: integer("images").notNull(),
    gib: bigint("gib", { mode: "number" }).notNull(),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.pipeline] })],
);

/** What a build was made of that the ended build before it, of the same pipeline, was not. */
export const historyChanges = pgTable(
  "history_changes",
  {
    buildId: bigint("build_id", { mode: "number" })
      .notNull()
      .references(() => historyBuilds.id, { onDelete: "cascade" }),
    targetId: text("target_id").notNull(),
    pipeline: text("pipeline").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    kind: text("kind", { enum: ["base", "recipe", "component"] }).notNull(),
    /** Of the component, or of what changed. */
    name: text("name").notNull(),
    before: text("before"),
    after: text("after"),
  },
  (row) => [
    primaryKey({ columns: [row.buildId, row.kind, row.name] }),
    index("history_changes_day").on(row.targetId, row.day),
    index("history_changes_pipeline").on(row.targetId, row.pipeline, row.day),
  ],
);

/** What is to be worked out again, by day, pipeline or id of a build: written with the builds, taken with the result. */
export const historyStale = pgTable(
  "history_stale",
  {
    targetId: text("target_id").notNull(),
    kind: text("kind", { enum: ["day", "pipeline", "build"] }).notNull(),
    value: text("value").notNull(),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.kind, row.value] })],
);

/** How far the sync of each target has come. */
export const historySync = pgTable("history_sync", {
  targetId: text("target_id").primaryKey(),
  /** Time zone in which the days of this target's rows are counted. */
  timeZone: text("time_zone").notNull(),
  /** Where the walk through all lists stands; null between walks. */
  walk: jsonb("walk").$type<{
    startedAt: string;
    /** The pipeline under way, in the order of ARNs; null once all are through and the account's own list is read. */
    pipelineArn: string | null;
    token?: string;
    listed: number;
  }>(),
  /** When the last complete walk began: what has not been seen since is looked up. */
  walkedAt: instant("walked_at"),
  /** When all builds that the first walk found had been read. */
  backfilledAt: instant("backfilled_at"),
  updatedAt: instant("updated_at").notNull(),
  /** Calls of AWS that one build's details took lately, for the estimate. */
  callsPerBuild: integer("calls_per_build"),
  mistake: text("mistake"),
  /** When the first of these mistakes in a row was made. */
  mistakeSince: instant("mistake_since"),
});
