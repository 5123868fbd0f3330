import "server-only";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { baseImageChoices } from "./base-image-choices";
import {
  instanceTypeChoices,
  keyPairChoices,
  launchTemplateChoices,
  securityGroupChoices,
  subnetChoices,
  vpcChoices,
} from "./ec2-choices";
import { instanceProfileChoices, roleChoices } from "./iam-choices";
import { accountChoices, organizationalUnitChoices, organizationChoices } from "./organization-choices";
import { availabilityZoneChoices, regionChoices } from "./region-choices";
import { bucketChoices, kmsKeyChoices, repositoryChoices, topicChoices } from "./storage-choices";
import { CHOICE_KINDS, type ChoiceKind, type ChoiceList } from "./types";

const LOADERS: Record<ChoiceKind, (ctx: UseCaseContext) => Promise<ChoiceList>> = {
  regions: regionChoices,
  "availability-zones": availabilityZoneChoices,
  vpcs: vpcChoices,
  subnets: subnetChoices,
  "security-groups": securityGroupChoices,
  "instance-types": instanceTypeChoices,
  "key-pairs": keyPairChoices,
  "launch-templates": launchTemplateChoices,
  "instance-profiles": instanceProfileChoices,
  roles: roleChoices,
  "kms-keys": kmsKeyChoices,
  topics: topicChoices,
  buckets: bucketChoices,
  repositories: repositoryChoices,
  accounts: accountChoices,
  "organizational-units": organizationalUnitChoices,
  organizations: organizationChoices,
  "base-images": baseImageChoices,
};

const inputSchema = z.object({
  kind: z.enum(CHOICE_KINDS, "There are no such choices."),
  region: z.string().optional(),
});

/**
 * What a picker offers, in the target's Region or in another one of its account. What AWS refuses or fails to list is no
 * error: the reason stands beside the choices, and people type what they know.
 */
export const listChoices = useCase(
  "list-choices",
  inputSchema,
  async ({ ctx, input: { kind, region = ctx.target.region } }): Promise<ChoiceList> => {
    const { value: regions, reason } =
      region === ctx.target.region ? { value: undefined } : await unlessFailed(regionChoices(ctx), undefined);
    if (reason) return { choices: [], reason };
    const { value, reason: why } = await unlessFailed(LOADERS[kind](contextOfRegion(ctx, region, regions)), {
      choices: [],
    });
    return withNames(why ? { ...value, reason: why } : value);
  },
);

/** What AWS lists without the name or ID that the field would hold cannot be chosen. */
function withNames({ choices, reason }: ChoiceList): ChoiceList {
  const named = choices
    .filter(({ value }) => value !== "")
    .map((choice) => ({ ...choice, label: choice.label || choice.value }));
  const lost = choices.length - named.length;
  if (lost === 0) return { choices: named, reason };
  const said = `AWS lists ${lost === 1 ? "one" : lost} without a name. Type what you know.`;
  return { choices: named, reason: [reason, said].filter(Boolean).join(" ") };
}

/** The name comes from an address and becomes part of a host's name: only Regions that AWS lists are asked. */
function contextOfRegion(
  ctx: UseCaseContext,
  region: string,
  regions: ChoiceList | undefined,
): UseCaseContext {
  if (region === ctx.target.region) return ctx;
  if (regions?.choices.some(({ value }) => value === region))
    return { ...ctx, target: { ...ctx.target, region }, aws: ctx.aws.inRegion(region) };
  throw new ConsoleFailure({
    code: "invalid",
    message: `The Region ${region} is not enabled in this account.`,
  });
}
