import { z } from "zod";
import { urls } from "@/lib/core/urls";
import type { RecordedStart, RollOutPreview, RollOutRow, RollOutView } from "@/lib/fleet/roll-outs/types";
import { named } from "../operation";
import type { Place } from "../place";

const buildSchema = z.object({ image: z.string(), version: z.string(), build: z.string() });

const startSchema = named(
  "GroupStart",
  z.object({
    launchTemplate: z.string(),
    version: z.int().describe("Of the launch template."),
    amiId: z.string().optional(),
    image: z.string().optional().describe("The build that made the AMI, such as `web 1.0.0/7`."),
  }),
);

const rollOutShape = {
  id: z.string(),
  region: z.string(),
  group: z.string().describe("The Auto Scaling group."),
  status: z.string().describe("AWS's word, such as `InProgress` or `Successful`."),
  isOver: z.boolean(),
  percentage: z.int(),
  reason: z.string().optional(),
  before: startSchema,
  after: startSchema,
  startedAt: z.iso.datetime(),
  startedBy: z.string(),
  endedAt: z.iso.datetime().optional(),
  url: z.string().describe("Its page in the console."),
};

export const rollOutSummarySchema = named("RollOutSummary", z.object(rollOutShape));

const stepSchema = named(
  "RollOutStep",
  z.object({ can: z.boolean(), why: z.string().optional().describe("Why it can't be taken now.") }),
);

export const rollOutSchema = named(
  "RollOut",
  z.object({
    ...rollOutShape,
    checkpoint: z
      .object({
        percentage: z.int(),
        since: z.iso.datetime(),
        until: z.iso.datetime().describe("When AWS continues by itself."),
      })
      .optional()
      .describe("Present while it waits at a checkpoint."),
    instances: z.object({ new: z.int(), old: z.int() }),
    steps: z
      .object({ continue: stepSchema, cancel: stepSchema, rollBack: stepSchema, return: stepSchema })
      .describe("What can be done now."),
    followedBy: z.string().optional().describe("The roll-out that continues this one, or returns from it."),
    notKnown: z.array(z.string()).describe("Why something is missing, in sentences."),
  }),
);

export const rollOutPreviewSchema = named(
  "RollOutPreview",
  z.object({
    region: z.string(),
    group: z.string(),
    desired: z.int(),
    instances: z.int(),
    follows: z.string().optional().describe("A version, `$Default` or `$Latest`."),
    current: z.int().optional().describe("The launch template's version that the group follows now."),
    running: z.int().optional().describe("The version that most instances were started with."),
    suggested: z
      .object({ version: z.int().optional(), amiId: z.string().optional() })
      .optional()
      .describe("What the pipeline's latest successful build suggests; started where nothing else is named."),
    versions: z.array(
      z.object({
        version: z.int(),
        amiId: z.string().optional(),
        ami: z.string().describe("Whether EC2 starts instances from it now."),
        build: buildSchema.optional(),
      }),
    ),
    defaults: z
      .record(z.string(), z.unknown())
      .describe("The preferences that are used where none are given."),
    obstacle: z.string().optional().describe("Why nothing can be rolled out here."),
    active: z.string().optional().describe("The instance refresh that is in progress."),
    notKnown: z.array(z.string()).describe("Why something is missing, in sentences."),
  }),
);

export const toApiRollOutSummary = (
  row: RollOutRow,
  { target, consoleUrl }: Place,
): z.output<typeof rollOutSummarySchema> => ({
  id: row.id,
  region: row.region,
  group: row.group,
  status: row.status,
  isOver: row.endedAt !== undefined,
  percentage: row.percentage,
  reason: row.reason,
  before: toStart(row.before),
  after: toStart(row.after),
  startedAt: row.startedAt,
  startedBy: row.startedBy,
  endedAt: row.endedAt,
  url: `${consoleUrl}${urls.rollOut(target, row.id)}`,
});

export const toApiRollOut = (view: RollOutView, place: Place): z.output<typeof rollOutSchema> => ({
  ...toApiRollOutSummary(view, place),
  checkpoint: view.checkpoint,
  instances: {
    new: view.instances.filter(({ side }) => side === "new").length,
    old: view.instances.filter(({ side }) => side === "old").length,
  },
  steps: {
    continue: view.steps.carryOn,
    cancel: view.steps.cancel,
    rollBack: view.steps.rollBack,
    return: view.steps.turnBack,
  },
  followedBy: view.followedBy?.id,
  notKnown: view.doubts,
});

export const toApiPreview = (preview: RollOutPreview): z.output<typeof rollOutPreviewSchema> => ({
  region: preview.region,
  group: preview.group,
  desired: preview.desired,
  instances: preview.instances.length,
  follows: preview.template?.follows,
  current: preview.current,
  running: preview.running,
  suggested: preview.suggested,
  versions: preview.versions.map(({ number, amiId, ami, build }) => ({
    version: number,
    amiId,
    ami,
    build: build && { image: build.name, version: build.version, build: build.build },
  })),
  defaults: { ...preview.defaults },
  obstacle: preview.obstacle,
  active: preview.active?.refreshId,
  notKnown: preview.doubts,
});

const toStart = ({ templateName, version, amiId, image }: RecordedStart) => ({
  launchTemplate: templateName,
  version,
  amiId,
  image,
});
