import type { InfrastructureConfigurationSummary } from "@aws-sdk/client-imagebuilder";
import { formatArn, normaliseName } from "./arns";
import { alreadyExists, hasDependents, invalidCombination, invalidValue, notFound } from "./exceptions";
import {
  type Call,
  filtered,
  type ImageBuilderHandlers,
  type InputOf,
  isoDate,
  once,
  page,
  stopIfDryRun,
} from "./handlers";
import type { InfrastructureRow } from "./resource-rows";

export const infrastructure = {
  CreateInfrastructureConfiguration: (call, input) =>
    once(call, "CreateInfrastructureConfiguration", input, () => {
      const { store, account, region, now } = call;
      const { clientToken, name = "", tags = {}, ...settings } = input;
      const arn = formatArn({
        region,
        account,
        kind: "infrastructure-configuration",
        name: normaliseName(name),
      });
      checkSettings(call, input);
      if (store.infrastructures.has(arn)) alreadyExists("InfrastructureConfiguration", arn);
      stopIfDryRun(input);
      store.infrastructures.put({ arn, name, ...withDefaults(settings), dateCreated: isoDate(now), tags });
      return { requestId: call.requestId, clientToken, infrastructureConfigurationArn: arn };
    }),

  GetInfrastructureConfiguration({ store, requestId }, { infrastructureConfigurationArn: arn = "" }) {
    return { requestId, infrastructureConfiguration: store.infrastructures.get(arn) ?? notFound(arn) };
  },

  UpdateInfrastructureConfiguration: (call, input) =>
    once(call, "UpdateInfrastructureConfiguration", input, () => {
      const { store, requestId, now } = call;
      const { clientToken, infrastructureConfigurationArn: arn = "", ...settings } = input;
      const { name, dateCreated, tags } = store.infrastructures.get(arn) ?? notFound(arn);
      checkSettings(call, input);
      const dateUpdated = isoDate(now);
      store.infrastructures.put({ arn, name, ...withDefaults(settings), dateCreated, dateUpdated, tags });
      return { requestId, clientToken, infrastructureConfigurationArn: arn };
    }),

  DeleteInfrastructureConfiguration({ store, requestId }, { infrastructureConfigurationArn: arn = "" }) {
    if (!store.infrastructures.has(arn)) notFound(arn);
    if (store.pipelines.find((row) => row.infrastructureConfigurationArn === arn)) hasDependents(arn);
    store.infrastructures.delete(arn);
    return { requestId, infrastructureConfigurationArn: arn };
  },

  ListInfrastructureConfigurations({ store, requestId }, input) {
    const listed = filtered(store.infrastructures.list(), input.filters, { name: (row) => row.name });
    const { items, nextToken } = page("ListInfrastructureConfigurations", listed.map(toSummary), input);
    return { requestId, infrastructureConfigurationSummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

type Settings = Omit<
  InputOf<"UpdateInfrastructureConfiguration">,
  "clientToken" | "infrastructureConfigurationArn"
>;

/** An update replaces everything: what it leaves out goes back to its default. */
function withDefaults(settings: Settings): Omit<InfrastructureRow, "arn" | "name"> {
  return { ...settings, terminateInstanceOnFailure: settings.terminateInstanceOnFailure ?? true };
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateInfrastructureConfiguration.html */
function checkSettings({ store }: Call, settings: Settings): void {
  const { subnetId, securityGroupIds, placement, instanceProfileName = "", snsTopicArn } = settings;
  if (subnetId && !securityGroupIds?.length) {
    invalidCombination("You must specify 'securityGroupIds' when you specify 'subnetId'.");
  }
  if (placement?.hostId && placement.hostResourceGroupArn) {
    invalidCombination("You can specify 'hostId' or 'hostResourceGroupArn', not both.");
  }
  const onHost = placement?.hostId ?? placement?.hostResourceGroupArn;
  if (onHost && placement?.tenancy !== "host") {
    invalidCombination("'hostId' and 'hostResourceGroupArn' are valid for the tenancy 'host' only.");
  }
  if (!store.scope.here.iam.instanceProfiles.has(instanceProfileName)) {
    invalidValue(
      "instanceProfileName",
      "The provided instance profile does not exist. Please specify a different instance profile and try again.",
    );
  }
  if (snsTopicArn?.endsWith(".fifo")) invalidValue("snsTopicArn", "FIFO topics are not supported.");
  if (snsTopicArn && !store.scope.here.sns.topics.has(snsTopicArn)) {
    invalidValue("snsTopicArn", "The provided topic does not exist or you are not allowed to publish to it.");
  }
}

function toSummary(row: InfrastructureRow): InfrastructureConfigurationSummary {
  const { arn, name, description, dateCreated, dateUpdated, resourceTags, tags, instanceTypes, placement } =
    row;
  const { instanceProfileName } = row;
  return {
    arn,
    name,
    description,
    dateCreated,
    dateUpdated,
    resourceTags,
    tags,
    instanceTypes,
    instanceProfileName,
    placement,
  };
}
