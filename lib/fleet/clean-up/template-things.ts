import "server-only";
import type { AutoScalingGroup, LaunchTemplateSpecification } from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import type { JsonObject } from "@/lib/definitions/types";
import {
  type GroupStarts,
  parameterOf,
  versionAmi,
  waysOf,
} from "@/lib/image-builder/lifecycle/group-starts";
import { readGroupStarts, readParameters } from "@/lib/image-builder/lifecycle/read-group-starts";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import { readVersions } from "../roll-outs/read-roll-out-group";
import { recipesOnBase, usesIn } from "./read-definitions";
import { byRollOuts, idOf, outsideRole, type RegionAsked } from "./region-asked";
import type { Thing, Use } from "./types";

/** The launch templates and parameters that a pipeline's distribution writes in one Region, as far as they are there. */
export async function templateThings(
  asked: RegionAsked,
): Promise<{ things: Thing[]; templateIds: Map<string, string> }> {
  const { aws, made, region } = asked;
  const templateIds = new Map<string, string>();
  if (made.templates.length === 0 && made.parameters.length === 0) return { things: [], templateIds };
  const { starts, doubts } = await readGroupStarts(aws, region);
  const inGroups = doubts.map((doubt) => `Not known whether something starts instances with it. ${doubt}`);
  const templates = await Promise.all(
    made.templates.map((template) => templateThing(asked, template, starts, inGroups, templateIds)),
  );
  const parameters = await parameterThings(asked, starts, inGroups);
  return { things: [...templates.flat(), ...parameters], templateIds };
}

async function templateThing(
  asked: RegionAsked,
  { templateId, image }: RegionAsked["made"]["templates"][number],
  starts: GroupStarts,
  inGroups: string[],
  templateIds: Map<string, string>,
): Promise<Thing[]> {
  const { aws, ctx, definitions, made, region } = asked;
  const template = { LaunchTemplateId: templateId };
  const read = await unlessGone(readVersions(aws, template), undefined);
  if (!read) return [];
  const name = read.versions[0]?.LaunchTemplateName ?? templateId;
  templateIds.set(name, templateId);
  const own = new Set(made.amis.map(({ amiId }) => amiId));
  const inParameters = new Set(made.parameters.map(({ parameter }) => parameter));
  const isOurs = (version: LaunchTemplateVersion) => {
    const parameter = parameterOf(version.LaunchTemplateData?.ImageId);
    return (
      own.has(versionAmi(version, read.resolved)) || (parameter !== undefined && inParameters.has(parameter))
    );
  };
  const others = read.versions.filter((version) => !isOurs(version));
  // The one that a template begins with was there before the pipeline wrote its first.
  const foreign = others.filter(({ VersionNumber }) => VersionNumber !== 1);
  const distributions = usesIn(ctx, definitions, ["distribution-configuration"], ({ content }) =>
    namesTemplate(content, region, templateId),
  );
  const count = read.versions.length;
  return [
    {
      id: idOf("launch-template", region, templateId),
      kind: "launch-template",
      name,
      region,
      what: `Deleted with its ${count} ${count === 1 ? "version" : "versions"}${others.length > 0 && foreign.length === 0 ? ", version 1 among them, which this pipeline did not write" : ""}.`,
      usedBy: [
        ...groupsOn(starts, { LaunchTemplateId: templateId, LaunchTemplateName: name }),
        ...distributions.usedBy,
        ...byRollOuts(asked, ({ before, after }) =>
          [before.templateId, after.templateId].includes(templateId),
        ),
      ],
      stays: [
        ...(foreign.length > 0
          ? [
              `${foreign.length === 1 ? "Version" : "Versions"} ${foreign.map(({ VersionNumber }) => VersionNumber).join(", ")} of it ${foreign.length === 1 ? "holds" : "hold"} no AMI of this pipeline.`,
            ]
          : []),
        ...outsideRole(asked, "run-clean-up-step", image),
      ],
      notKnown: [...inGroups, ...distributions.notKnown, ...read.doubts],
    },
  ];
}

function groupsOn({ groups, configurations }: GroupStarts, template: LaunchTemplateSpecification): Use[] {
  const isOn = (group: AutoScalingGroup) =>
    waysOf(group, configurations).some(
      (way) =>
        "template" in way &&
        (way.template.LaunchTemplateId === template.LaunchTemplateId ||
          (way.template.LaunchTemplateName !== undefined &&
            way.template.LaunchTemplateName === template.LaunchTemplateName)),
    );
  return groups
    .filter(isOn)
    .map(({ AutoScalingGroupName = "?" }) => ({ text: `the Auto Scaling group ${AutoScalingGroupName}` }));
}

const inRegion = (content: JsonObject, region: string): JsonObject[] =>
  (Array.isArray(content.distributions) ? content.distributions : []).flatMap((one) =>
    typeof one === "object" && one !== null && !Array.isArray(one) && one.region === region ? [one] : [],
  );
const namesTemplate = (content: JsonObject, region: string, templateId: string): boolean =>
  inRegion(content, region).some(({ launchTemplateConfigurations: all }) =>
    JSON.stringify(all ?? []).includes(JSON.stringify(templateId)),
  );
const namesParameter = (content: JsonObject, region: string, name: string): boolean =>
  inRegion(content, region).some(({ ssmParameterConfigurations: all }) =>
    JSON.stringify(all ?? []).includes(JSON.stringify(name)),
  );

async function parameterThings(
  asked: RegionAsked,
  starts: GroupStarts,
  inGroups: string[],
): Promise<Thing[]> {
  const { aws, ctx, definitions, made, region } = asked;
  const names = made.parameters.map(({ parameter }) => parameter);
  const { value, reason } = await unlessFailed(readParameters(aws, names), undefined);
  const own = new Set(made.amis.map(({ amiId }) => amiId));
  return made.parameters.flatMap(({ parameter, image }): Thing[] => {
    const held = value?.find(({ name }) => name === parameter)?.value;
    if (value && held === undefined) return [];
    const distributions = usesIn(ctx, definitions, ["distribution-configuration"], ({ content }) =>
      namesParameter(content, region, parameter),
    );
    const recipes = recipesOnBase(
      ctx,
      definitions,
      (base) => base.startsWith("ssm:") && base.includes(parameter),
    );
    const templates = starts.versions.filter(({ LaunchTemplateData }) => {
      const named = parameterOf(LaunchTemplateData?.ImageId);
      // A version or label may stand behind the name.
      return named === parameter || named?.startsWith(`${parameter}:`);
    });
    return [
      {
        id: idOf("parameter", region, parameter),
        kind: "parameter",
        name: parameter,
        region,
        what: "Deleted with its history. Programs and templates elsewhere that read it by its name cannot be seen.",
        usedBy: [
          ...templates.map(({ LaunchTemplateId = "", LaunchTemplateName = "?" }) => ({
            id: idOf("launch-template", region, LaunchTemplateId),
            text: `the launch template ${LaunchTemplateName}`,
          })),
          ...recipes.usedBy,
          ...distributions.usedBy,
        ],
        stays: [
          ...(held !== undefined && !own.has(held)
            ? [`It holds ${held || "nothing"}, which this pipeline did not make.`]
            : []),
          ...outsideRole(asked, "run-clean-up-step", image),
        ],
        notKnown: [
          ...(reason ? [`It could not be read. ${reason}`] : []),
          ...inGroups,
          ...recipes.notKnown,
          ...distributions.notKnown,
        ],
      },
    ];
  });
}
