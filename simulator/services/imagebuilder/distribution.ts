import type { Distribution, DistributionConfigurationSummary } from "@aws-sdk/client-imagebuilder";
import { formatArn, normaliseName } from "./arns";
import { alreadyExists, hasDependents, invalidCombination, invalidValue, notFound } from "./exceptions";
import { filtered, type ImageBuilderHandlers, isoDate, once, page, stopIfDryRun } from "./handlers";
import type { DistributionRow } from "./resource-rows";

/** Stored and returned, but AWS does not use it. */
const TIMEOUT_MINUTES = 720;

export const distribution = {
  CreateDistributionConfiguration: (call, input) =>
    once(call, "CreateDistributionConfiguration", input, () => {
      const { store, account, region, now } = call;
      const { clientToken, name = "", description, distributions = [], tags = {} } = input;
      const arn = formatArn({
        region,
        account,
        kind: "distribution-configuration",
        name: normaliseName(name),
      });
      checkDistributions(distributions);
      if (store.distributions.has(arn)) alreadyExists("DistributionConfiguration", arn);
      stopIfDryRun(input);
      const dateCreated = isoDate(now);
      store.distributions.put({
        arn,
        name,
        description,
        distributions,
        timeoutMinutes: TIMEOUT_MINUTES,
        dateCreated,
        tags,
      });
      return { requestId: call.requestId, clientToken, distributionConfigurationArn: arn };
    }),

  GetDistributionConfiguration({ store, requestId }, { distributionConfigurationArn: arn = "" }) {
    return { requestId, distributionConfiguration: store.distributions.get(arn) ?? notFound(arn) };
  },

  UpdateDistributionConfiguration: (call, input) =>
    once(call, "UpdateDistributionConfiguration", input, () => {
      const { store, requestId, now } = call;
      const { clientToken, distributionConfigurationArn: arn = "", description, distributions = [] } = input;
      const row = store.distributions.get(arn) ?? notFound(arn);
      checkDistributions(distributions);
      store.distributions.put({ ...row, description, distributions, dateUpdated: isoDate(now) });
      return { requestId, clientToken, distributionConfigurationArn: arn };
    }),

  DeleteDistributionConfiguration({ store, requestId }, { distributionConfigurationArn: arn = "" }) {
    if (!store.distributions.has(arn)) notFound(arn);
    if (store.pipelines.find((row) => row.distributionConfigurationArn === arn)) hasDependents(arn);
    store.distributions.delete(arn);
    return { requestId, distributionConfigurationArn: arn };
  },

  ListDistributionConfigurations({ store, requestId }, input) {
    const listed = filtered(store.distributions.list(), input.filters, { name: (row) => row.name });
    const { items, nextToken } = page("ListDistributionConfigurations", listed.map(toSummary), input);
    return { requestId, distributionConfigurationSummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Distribution.html */
function checkDistributions(distributions: readonly Distribution[]): void {
  const regions = new Set<string>();
  for (const [index, distribution] of distributions.entries()) {
    const { region = "", amiDistributionConfiguration: ami, ...settings } = distribution;
    if (![ami, ...Object.values(settings)].some((output) => output !== undefined && output !== null)) {
      invalidValue(
        `distributions[${index}]`,
        "One or more outputs should be provided for each region in a distribution configuration.",
      );
    }
    if (regions.has(region)) invalidValue("distributions", `The Region '${region}' occurs more than once.`);
    regions.add(region);
    if (ami && settings.containerDistributionConfiguration) {
      invalidCombination("A distribution is for AMIs or for containers, not for both.");
    }
    if (ami?.name && !/\{\{\s*imagebuilder:buildDate\s*\}\}/.test(ami.name)) {
      invalidValue("name", "The AMI name must contain '{{ imagebuilder:buildDate }}'.");
    }
    for (const { launchTemplate } of settings.fastLaunchConfigurations ?? []) {
      if (launchTemplate?.launchTemplateId && launchTemplate.launchTemplateName)
        invalidCombination("A launch template has 'launchTemplateId' or 'launchTemplateName', not both.");
    }
    for (const { parameterName, amiAccountId } of settings.ssmParameterConfigurations ?? []) {
      if (!amiAccountId || ami?.targetAccountIds?.includes(amiAccountId)) continue;
      invalidValue(
        "amiAccountId",
        `The account of the SSM parameter '${parameterName}' is not among the target accounts.`,
      );
    }
  }
}

function toSummary(row: DistributionRow): DistributionConfigurationSummary {
  const { arn, name, description, dateCreated, dateUpdated, tags } = row;
  const regions = row.distributions?.flatMap(({ region }) => region ?? []);
  return { arn, name, description, dateCreated, dateUpdated, tags, regions };
}
