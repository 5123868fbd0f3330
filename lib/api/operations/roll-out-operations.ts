import "server-only";
import { z } from "zod";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { cancelRollOut } from "@/lib/fleet/roll-outs/cancel-roll-out";
import { continueRollOut } from "@/lib/fleet/roll-outs/continue-roll-out";
import { getRollOut } from "@/lib/fleet/roll-outs/get-roll-out";
import { listRollOuts } from "@/lib/fleet/roll-outs/list-roll-outs";
import { previewRollOut } from "@/lib/fleet/roll-outs/preview-roll-out";
import { returnRollOut } from "@/lib/fleet/roll-outs/return-roll-out";
import { rollBackRollOut } from "@/lib/fleet/roll-outs/roll-back-roll-out";
import { groupKeySchema, startRollOutSchema } from "@/lib/fleet/roll-outs/schemas";
import { startRollOut } from "@/lib/fleet/roll-outs/start-roll-out";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { named, operation } from "../operation";
import { waitField } from "../paging";
import { placeOf, targetPath } from "../place";
import {
  rollOutPreviewSchema,
  rollOutSchema,
  rollOutSummarySchema,
  toApiPreview,
  toApiRollOut,
  toApiRollOutSummary,
} from "../resources/roll-out-resource";

const GROUP = "/targets/{target}/groups/{region}/{group}";
const ROLL_OUT = "/targets/{target}/roll-outs/{rollOut}";
const groupPath = targetPath.extend(groupKeySchema.shape);
const rollOutPath = targetPath.extend({ rollOut: z.string().max(64).describe("The roll-out's ID.") });

async function readOne(ctx: UseCaseContext, id: string) {
  return { value: toApiRollOut(await getRollOut({ ctx, input: { id } }), placeOf(ctx)) };
}

export const ROLL_OUT_OPERATIONS = [
  operation({
    id: "previewRollOut",
    method: "get",
    path: `${GROUP}/preview`,
    tag: "Roll-outs",
    summary: "What a roll-out to an Auto Scaling group would start from",
    useCase: previewRollOut,
    pathSchema: groupPath,
    answer: rollOutPreviewSchema,
    work: async ({ ctx, path: { region, group } }) => ({
      value: toApiPreview(await previewRollOut({ ctx, input: { region, group } })),
    }),
  }),
  operation({
    id: "startRollOut",
    method: "post",
    path: `${GROUP}/roll-outs`,
    tag: "Roll-outs",
    summary: "Replace a group's instances",
    description:
      "Without `version` and `amiId`, what the preview suggests; without `preferences`, its defaults. 409 where the preview names an obstacle.",
    useCase: startRollOut,
    pathSchema: groupPath,
    body: named(
      "RollOutStart",
      z
        .strictObject({
          version: z.int().min(1).optional().describe("Of the launch template."),
          amiId: z
            .string()
            .regex(/^ami-[0-9a-f]{8,17}$/, "An AMI ID looks like ami-0abc1234.")
            .optional()
            .describe("A new version of the launch template is created for it."),
          pin: z
            .boolean()
            .default(false)
            .describe("Sets a group that follows a moving version to its number, so that AWS can roll back."),
          preferences: startRollOutSchema.shape.preferences.optional(),
        })
        .refine(({ version, amiId }) => version === undefined || amiId === undefined, {
          path: ["amiId"],
          error: "Name a version or an AMI, not both.",
        }),
    ),
    answer: rollOutSchema,
    status: 202,
    work: async ({ ctx, path: { region, group }, body: { version, amiId, pin, preferences } }) => {
      // The start's own permission comes before anything that a look at the group could say.
      await authorize(ctx, startRollOut.action);
      const preview = await previewRollOut({ ctx, input: { region, group } });
      const to = version !== undefined ? { version } : amiId !== undefined ? { amiId } : preview.suggested;
      if (!to)
        throw new ConsoleFailure({
          code: "conflict",
          message: preview.obstacle ?? "Nothing newer is known for this group. Name a version or an AMI.",
        });
      const { id } = await startRollOut({
        ctx,
        input: { region, group, to, pin, preferences: preferences ?? preview.defaults },
      });
      return readOne(ctx, id);
    },
  }),
  operation({
    id: "listRollOuts",
    method: "get",
    path: "/targets/{target}/roll-outs",
    tag: "Roll-outs",
    summary: "Roll-outs, latest first",
    useCase: listRollOuts,
    pathSchema: targetPath,
    answer: named(
      "RollOuts",
      z.object({
        items: z.array(rollOutSummarySchema),
        isComplete: z.boolean().describe("False where there are more than the console lists."),
        notKnown: z.array(z.string()).describe("Why something is missing, in sentences."),
      }),
    ),
    work: async ({ ctx }) => {
      const { rows, isCut, doubts } = await listRollOuts({ ctx });
      const items = rows.map((row) => toApiRollOutSummary(row, placeOf(ctx)));
      return { value: { items, isComplete: !isCut, notKnown: doubts } };
    },
  }),
  operation({
    id: "getRollOut",
    method: "get",
    path: ROLL_OUT,
    tag: "Roll-outs",
    summary: "A roll-out, or the end of it",
    description:
      "With `wait`, the answer is held back until it has ended, but no longer than that. With `If-None-Match` too, only until anything has changed, such as a checkpoint that was reached.",
    useCase: getRollOut,
    pathSchema: rollOutPath,
    query: z.strictObject({ wait: waitField("the roll-out's end") }),
    answer: rollOutSchema,
    isSettled: ({ isOver }) => isOver,
    work: ({ ctx, path }) => readOne(ctx, path.rollOut),
  }),
  operation({
    id: "continueRollOut",
    method: "post",
    path: `${ROLL_OUT}/continuation`,
    tag: "Roll-outs",
    summary: "Continue at a checkpoint, or after a cancellation, with what is left",
    description:
      "AWS can't skip a checkpoint: another instance refresh takes over, whose roll-out is returned.",
    useCase: continueRollOut,
    pathSchema: rollOutPath,
    answer: rollOutSchema,
    status: 202,
    work: async ({ ctx, path }) =>
      readOne(ctx, (await continueRollOut({ ctx, input: { id: path.rollOut } })).id),
  }),
  operation({
    id: "cancelRollOut",
    method: "post",
    path: `${ROLL_OUT}/cancellation`,
    tag: "Roll-outs",
    summary: "Cancel a roll-out",
    description: "What was replaced stays.",
    useCase: cancelRollOut,
    pathSchema: rollOutPath,
    answer: rollOutSchema,
    status: 202,
    work: async ({ ctx, path }) => {
      await cancelRollOut({ ctx, input: { id: path.rollOut } });
      return readOne(ctx, path.rollOut);
    },
  }),
  operation({
    id: "rollBackRollOut",
    method: "post",
    path: `${ROLL_OUT}/roll-back`,
    tag: "Roll-outs",
    summary: "Roll back a roll-out that is in progress",
    useCase: rollBackRollOut,
    pathSchema: rollOutPath,
    answer: rollOutSchema,
    status: 202,
    work: async ({ ctx, path }) => {
      await rollBackRollOut({ ctx, input: { id: path.rollOut } });
      return readOne(ctx, path.rollOut);
    },
  }),
  operation({
    id: "returnRollOut",
    method: "post",
    path: `${ROLL_OUT}/return`,
    tag: "Roll-outs",
    summary: "Return a group to the version before a roll-out that has ended",
    useCase: returnRollOut,
    pathSchema: rollOutPath,
    answer: rollOutSchema,
    status: 202,
    work: async ({ ctx, path }) =>
      readOne(ctx, (await returnRollOut({ ctx, input: { id: path.rollOut } })).id),
  }),
];
