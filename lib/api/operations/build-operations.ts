import "server-only";
import { z } from "zod";
import { diagnoseImageBuild } from "@/lib/build-log/diagnose-image-build";
import { downloadBuildLog } from "@/lib/build-log/download-build-log";
import { readBuildLog } from "@/lib/build-log/read-build-log";
import { readLogExcerpt } from "@/lib/build-log/read-log-excerpt";
import { isOver } from "@/lib/build-log/types";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { cancelImageBuild } from "@/lib/image-builder/image-builds/cancel-image-build";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { listScanFindings } from "@/lib/image-builder/image-contents/list-scan-findings";
import { findBuilds } from "@/lib/overview/find-builds";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { named, operation } from "../operation";
import { nextCursorField, pageOf, pagingFields, waitField } from "../paging";
import { placeOf, targetPath } from "../place";
import {
  buildPathSchema,
  buildReferenceSchema,
  buildSchema,
  buildSummarySchema,
  toApiBuild,
  toApiBuildSummary,
  toBuildReference,
} from "../resources/build-resource";
import { failureSchema, toApiFailure } from "../resources/failure-resource";

const BUILD = "/targets/{target}/builds/{image}/{version}/{build}";

const keyOf = ({
  image,
  version,
  build,
}: {
  image: string;
  version: string;
  build: string;
}): ImageBuildKey => ({
  name: image,
  version,
  build,
});

const day = z.iso.date("A day is written 2026-11-21.").optional();
const text = z.string().min(1).max(200).optional();

export const BUILD_OPERATIONS = [
  operation({
    id: "listBuilds",
    method: "get",
    path: "/targets/{target}/builds",
    tag: "Builds",
    summary: "Builds of all pipelines, latest first",
    description:
      "From the history of the console and, for the latest builds, from AWS. A page has 50 builds.",
    useCase: findBuilds,
    pathSchema: targetPath,
    query: z.strictObject({
      pipeline: text.describe("Only builds of this pipeline."),
      result: z.enum(["running", "succeeded", "failed", "canceled"]).optional(),
      search: z.string().max(200).optional().describe("Words of names, versions, AMI IDs and base images."),
      platform: text,
      from: day.describe("First day, in the console's time zone."),
      to: day.describe("Last day."),
      cursor: z
        .string()
        .regex(/^\d{1,16}-\d{1,16}$/, "This cursor is not from this list.")
        .optional()
        .describe("Where the page before ended: its `nextCursor`."),
    }),
    answer: named(
      "BuildPage",
      z.object({
        items: z.array(buildSummarySchema),
        nextCursor: nextCursorField,
        notKnown: z.array(z.string()).describe("Why something is missing, in sentences."),
      }),
    ),
    work: async ({ ctx, query: { result, search, cursor, ...query } }) => {
      const found = await findBuilds({
        ctx,
        input: {
          ...query,
          q: search,
          after: cursor,
          result: result === "canceled" ? "cancelled" : result,
        },
      });
      const items = found.builds.map((build) => toApiBuildSummary(build, placeOf(ctx)));
      const { next } = found;
      return { value: { items, nextCursor: next, notKnown: found.freshness.reasons }, cursor: next };
    },
  }),
  operation({
    id: "getBuild",
    method: "get",
    path: BUILD,
    tag: "Builds",
    summary: "A build, or the end of it",
    description:
      "With `wait`, the answer is held back until the build has ended, but no longer than that. With `If-None-Match` too, only until anything has changed: 304 then means that nothing did.",
    useCase: getImageBuild,
    pathSchema: buildPathSchema,
    query: z.strictObject({
      wait: waitField("the build's end"),
    }),
    answer: buildSchema,
    isSettled: ({ result }) => result !== "running",
    work: async ({ ctx, path }) => ({
      value: toApiBuild(await getImageBuild({ ctx, input: keyOf(path) }), placeOf(ctx)),
    }),
  }),
  operation({
    id: "readBuildLog",
    method: "get",
    path: `${BUILD}/log`,
    tag: "Builds",
    summary: "A build's log as text",
    description: "All lines so far; with `follow`, also those that come, until the build has ended.",
    useCase: readBuildLog,
    pathSchema: buildPathSchema,
    query: z.strictObject({ follow: z.enum(["true", "false"]).default("false") }),
    work: async ({ ctx, path, query: { follow }, signal }) => {
      const input = { ...keyOf(path), signal };
      return {
        text:
          follow === "true"
            ? linesOf(await readBuildLog({ ctx, input }))
            : await downloadBuildLog({ ctx, input: { ...input, format: "text" } }),
      };
    },
  }),
  operation({
    id: "getBuildFailure",
    method: "get",
    path: `${BUILD}/failure`,
    tag: "Builds",
    summary: "Why a build failed: step, lines, cause and fix",
    description: "404 for a build that has not failed.",
    useCase: diagnoseImageBuild,
    pathSchema: buildPathSchema,
    answer: failureSchema,
    work: async ({ ctx, path }) => {
      const key = keyOf(path);
      const diagnosis = await diagnoseImageBuild({ ctx, input: key });
      if (!diagnosis) throw new ConsoleFailure({ code: "not-found", message: "This build has not failed." });
      const { line } = diagnosis.evidence ?? {};
      // A log that can't be read costs its lines, not the diagnosis.
      const { value: excerpt, reason } = await unlessFailed(
        readLogExcerpt({ ctx, input: { ...key, line } }),
        {
          lines: [],
        },
      );
      const notKnown = [diagnosis.mistake, reason].flatMap((why) => why ?? []);
      return { value: { ...toApiFailure(diagnosis, excerpt, key, placeOf(ctx)), notKnown } };
    },
  }),
  operation({
    id: "listFindings",
    method: "get",
    path: `${BUILD}/findings`,
    tag: "Builds",
    summary: "Vulnerabilities that Amazon Inspector found in the image",
    useCase: listScanFindings,
    pathSchema: buildPathSchema,
    query: z.strictObject({
      ...pagingFields,
      severity: z
        .string()
        .regex(/^[A-Z]+$/, "A severity is written CRITICAL.")
        .max(40)
        .optional()
        .describe("Only findings of this severity, such as CRITICAL."),
    }),
    answer: named(
      "FindingPage",
      z.object({
        items: z.array(
          named(
            "Finding",
            z.object({
              id: z.string().describe("Such as CVE-2026-1234."),
              severity: z.string(),
              title: z.string(),
              score: z.number().optional(),
              packages: z.array(
                z.object({
                  name: z.string(),
                  version: z.string().optional(),
                  fixedIn: z.string().optional(),
                }),
              ),
              url: z.string().optional(),
              firstSeenAt: z.iso.datetime().optional(),
            }),
          ),
        ),
        nextCursor: nextCursorField,
        isScanned: z
          .boolean()
          .describe("False for an image that Inspector does not scan: no finding means nothing."),
        scanStatus: z.string().optional(),
        isComplete: z.boolean().describe("False where the image has more findings than the console reads."),
      }),
    ),
    work: async ({ ctx, path, query }) => {
      const list = await listScanFindings({ ctx, input: keyOf(path) });
      // The gravest first: the place in the list is what a page goes on from.
      const ranked = list.findings
        .filter(({ severity }) => query.severity === undefined || severity === query.severity)
        .map((finding, rank) => ({ finding, key: String(rank).padStart(6, "0") }));
      const { items, cursor } = pageOf(ranked, query, ({ key }) => key);
      return {
        value: {
          items: items.map(
            ({ finding: { id, severity, title, score, packages, sourceUrl, firstSeenAt } }) => ({
              ...{ id, severity, title, score, url: sourceUrl, firstSeenAt },
              packages: packages.map(({ name, version, fixedIn }) => ({ name, version, fixedIn })),
            }),
          ),
          nextCursor: cursor,
          isScanned: list.isScanned,
          scanStatus: list.scanStatus,
          isComplete: list.isWhole,
        },
        cursor,
      };
    },
  }),
  operation({
    id: "cancelBuild",
    method: "post",
    path: `${BUILD}/cancellation`,
    tag: "Builds",
    summary: "Cancel a build",
    description: "AWS stops it a little later; wait for its end as for any other.",
    useCase: cancelImageBuild,
    pathSchema: buildPathSchema,
    answer: buildReferenceSchema,
    status: 202,
    work: async ({ ctx, path }) => {
      const key = keyOf(path);
      await cancelImageBuild({ ctx, input: key });
      return { value: toBuildReference(key, placeOf(ctx)) };
    },
  }),
];

/** A log's lines as they come, until every one has been read. */
async function* linesOf(messages: Awaited<ReturnType<typeof readBuildLog>>): AsyncGenerator<string> {
  for await (const message of messages) {
    if (message.kind === "lines") yield message.batch.text;
    if (message.kind === "state" && isOver(message.state)) return;
  }
}
