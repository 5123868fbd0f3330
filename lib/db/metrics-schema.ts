import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { historyBuilds } from "./history-schema";
import { instant } from "./schema";

/**
 * Builds that CloudWatch was told of, so that none is counted twice. A row is written before it is sent, without
 * `sent_at`. `lib/history/cloudwatch` alone touches this table and those below.
 */
export const metricBuilds = pgTable(
  "metric_builds",
  {
    buildId: bigint("build_id", { mode: "number" })
      .notNull()
      .references(() => historyBuilds.id, { onDelete: "cascade" }),
    /** A build that is retried comes to more than one. */
    result: text("result", { enum: ["succeeded", "failed", "cancelled"] }).notNull(),
    targetId: text("target_id").notNull(),
    endedAt: instant("ended_at").notNull(),
    /** Sent together. */
    batch: uuid("batch").notNull(),
    startedAt: instant("started_at").notNull(),
    /** Null while nobody knows whether CloudWatch has it. */
    sentAt: instant("sent_at"),
  },
  (row) => [
    primaryKey({ columns: [row.buildId, row.result] }),
    index("metric_builds_target").on(row.targetId, row.endedAt),
    index("metric_builds_open").on(row.targetId).where(sql`sent_at is null`),
  ],
);

/** Pipelines that have metrics of their own in CloudWatch: which ones does not change from day to day. */
export const metricPipelines = pgTable(
  "metric_pipelines",
  {
    targetId: text("target_id").notNull(),
    pipeline: text("pipeline").notNull(),
    addedAt: instant("added_at").notNull(),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.pipeline] })],
);

/** How sending metrics of a target goes. */
export const metricTargets = pgTable("metric_targets", {
  targetId: text("target_id").primaryKey(),
  /** Since when metrics are on; null while they are off. */
  since: instant("since"),
  /** When ages and findings were sent last, and when anything was. */
  gaugesAt: instant("gauges_at"),
  sentAt: instant("sent_at"),
  mistake: text("mistake"),
  mistakeSince: instant("mistake_since"),
  /** The IAM action that AWS refused. */
  missingAction: text("missing_action"),
  /** Failures in a row, and when the next try is due. */
  tries: integer("tries").notNull().default(0),
  nextAt: instant("next_at"),
});
