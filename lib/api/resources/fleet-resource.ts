import { z } from "zod";
import type { Fleet, FleetRow } from "@/lib/fleet/groups/types";
import { named } from "../operation";

const builtSchema = named(
  "FleetBuild",
  z.object({ image: z.string(), version: z.string(), build: z.string(), pipeline: z.string().optional() }),
);

const memberSchema = named(
  "FleetMember",
  z.object({
    kind: z.string().describe("Such as Auto Scaling group."),
    name: z.string(),
    region: z.string(),
    follows: z.string().describe("What names its AMI: a version of a launch template, or what else."),
    owner: z.string().optional().describe("Which code owns it, by its tags."),
    size: z.int(),
    starts: z
      .array(z.object({ amiId: z.string(), build: builtSchema.optional() }))
      .describe("What an instance would start from now."),
    running: z.array(
      z.object({ amiId: z.string().optional(), count: z.int(), build: builtSchema.optional() }),
    ),
    behind: z.object({
      state: z.enum(["current", "behind", "unknown"]),
      builds: z.int().optional().describe("Successful builds since."),
      days: z.int().optional().describe("Between the two images."),
      reason: z.string().optional().describe("Why it is not known."),
    }),
    mixed: z.object({
      state: z.enum(["same", "mixed", "unknown"]),
      differing: z.int().optional().describe("Instances on another AMI than would start now."),
      reason: z.string().optional(),
    }),
  }),
);

export const fleetSchema = named(
  "Fleet",
  z.object({
    items: z.array(memberSchema),
    readAt: z.iso.datetime().describe("When AWS was asked."),
    notKnown: z.array(z.string()).describe("What could not be read, and why."),
    notVisible: z.array(z.string()).describe("What no call of AWS shows the console."),
  }),
);

type Built = FleetRow["starts"][number]["build"];

export const toApiFleet = ({ rows, readAt, doubts, notVisible }: Fleet): z.output<typeof fleetSchema> => ({
  items: rows.map(({ kind, name, region, follows, owner, size, starts, running, behind, mixed }) => ({
    ...{ kind, name, region, follows, owner, size },
    starts: starts.map(({ amiId, build }) => ({ amiId, build: toBuilt(build) })),
    running: running.map(({ amiId, count, build }) => ({ amiId, count, build: toBuilt(build) })),
    behind: { ...behind },
    mixed: { ...mixed },
  })),
  readAt,
  notKnown: doubts,
  notVisible,
});

const toBuilt = (built: Built) =>
  built && { image: built.name, version: built.version, build: built.build, pipeline: built.pipeline };
