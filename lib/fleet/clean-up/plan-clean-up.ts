import "server-only";
import { namedSchema } from "@/lib/definitions/schemas";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { knownRegions } from "../groups/fleet-regions";
import { newestRollOuts, type StoredRollOut } from "../roll-outs/roll-out-rows";
import { amiThings } from "./ami-things";
import { judgeCleanUp } from "./judge-clean-up";
import { readDefinitions } from "./read-definitions";
import { readMade } from "./read-made";
import { idOfRollOut, outsideRole, type RegionAsked } from "./region-asked";
import { imageThings, resourceThings, tieToAmis } from "./resource-things";
import { templateThings } from "./template-things";
import type { CleanUpPlan, Made, Thing } from "./types";

/** Roll-outs that are looked through for those under way. */
const MOST_ROLL_OUTS = 500;

/** What a clean-up of a pipeline removes, in which order, and what stays and why. Changes nothing. */
export const planCleanUp = useCase(
  "plan-clean-up",
  namedSchema,
  async ({ ctx, input: { name } }): Promise<CleanUpPlan> => (await workOutCleanUp(ctx, name)).plan,
);

/** The plan as AWS says it now, with everything that has to be kept to go on with it later, and what each thing names. */
export async function workOutCleanUp(
  ctx: UseCaseContext,
  name: string,
): Promise<{ plan: CleanUpPlan; made: Made; things: Thing[] }> {
  const [{ made, isGone, begun, doubts }, definitions, regionsOfAmis, open] = await Promise.all([
    readMade(ctx, name),
    readDefinitions(ctx),
    knownRegions(ctx),
    newestRollOuts(ctx, MOST_ROLL_OUTS).then((all) => all.filter(({ endedAt }) => endedAt === null)),
  ]);
  const own = onlyOwn(made, ctx.target.accountId);
  const regions = [
    ...new Set(
      [...own.amis, ...own.snapshots, ...own.templates, ...own.parameters].map(({ region }) => region),
    ),
  ];
  const [found, images, resources] = await Promise.all([
    Promise.all(
      regions.map((region) =>
        regionThings(ctx, region, own, { definitions, knownRegions: regionsOfAmis, open }),
      ),
    ),
    imageThings(ctx, made, definitions),
    resourceThings(ctx, made, definitions),
  ]);
  const inRegions = found.flatMap(({ things }) => things);
  const things = [
    ...open.filter((one) => concerns(own, one)).map((one) => rollOutThing(ctx, one)),
    ...tieToAmis(images, made, inRegions),
    ...resources,
  ];
  const elsewhere = [...made.templates, ...made.parameters].filter(
    ({ accountId }) => accountId !== ctx.target.accountId,
  );
  return {
    plan: {
      pipeline: name,
      isGone,
      ...judgeCleanUp(things),
      ...(begun && { begun }),
      notes: [
        ...doubts,
        ...(elsewhere.length > 0
          ? ["Launch templates and parameters of other accounts that its distribution writes stay."]
          : []),
        "Logs in CloudWatch and S3, container repositories, instance profiles, roles, keys, and this console’s history and audit stay.",
        "EC2 Fleets, Spot Fleets, and accounts that only read a parameter are not looked at.",
      ],
      readAt: new Date(ctx.clock.now()).toISOString(),
    },
    made: { ...made, snapshots: [...made.snapshots, ...found.flatMap(({ snapshots }) => snapshots)] },
    things,
  };
}

function onlyOwn(made: Made, accountId: string): Made {
  const isOwn = (one: { accountId: string }) => one.accountId === accountId;
  return {
    ...made,
    amis: made.amis.filter(isOwn),
    snapshots: made.snapshots.filter(isOwn),
    templates: made.templates.filter(isOwn),
    parameters: made.parameters.filter(isOwn),
  };
}

async function regionThings(
  ctx: UseCaseContext,
  region: string,
  own: Made,
  { open, ...facts }: Pick<RegionAsked, "definitions" | "knownRegions"> & { open: StoredRollOut[] },
): Promise<{ things: Thing[]; snapshots: Made["snapshots"] }> {
  const isHere = (one: { region: string }) => one.region === region;
  const asked = {
    ctx,
    aws: ctx.aws.inRegion(region),
    region,
    made: {
      ...own,
      amis: own.amis.filter(isHere),
      snapshots: own.snapshots.filter(isHere),
      templates: own.templates.filter(isHere),
      parameters: own.parameters.filter(isHere),
    },
    ...facts,
    rollOuts: open.filter(isHere),
  };
  const { value, reason } = await unlessFailed(templateThings(asked), undefined);
  const amis = await amiThings(asked, value?.templateIds ?? new Map());
  const unread = reason
    ? asked.made.templates.map(
        ({ templateId }): Thing => ({
          id: `launch-template ${region} ${templateId}`,
          kind: "launch-template",
          name: templateId,
          region,
          what: "Deleted.",
          usedBy: [],
          stays: [],
          notKnown: [`It could not be read. ${reason}`],
        }),
      )
    : [];
  return { things: [...(value?.things ?? []), ...unread, ...amis.things], snapshots: amis.snapshots };
}

/** Whether a roll-out moves a group to, or away from, something of the pipeline. */
const concerns = ({ amis, templates }: Made, { region, before, after }: StoredRollOut): boolean =>
  amis.some((one) => one.region === region && [before.amiId, after.amiId].includes(one.amiId)) ||
  templates.some(
    (one) => one.region === region && [before.templateId, after.templateId].includes(one.templateId),
  );

const rollOutThing = (ctx: UseCaseContext, row: StoredRollOut): Thing => ({
  id: idOfRollOut(row),
  kind: "roll-out",
  name: `Roll-out to ${row.groupName}`,
  region: row.region,
  what: "Canceled. Instances that it has replaced stay.",
  at: { rollOut: row.id },
  usedBy: [],
  stays: [
    ...(row.status === "Cancelling" ? ["It is being canceled."] : []),
    ...row.imageNames.flatMap((image) => outsideRole({ ctx }, "cancel-roll-out", image)),
  ],
  notKnown: [],
});
