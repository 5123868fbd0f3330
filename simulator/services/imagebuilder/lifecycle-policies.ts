import type { LifecyclePolicySummary } from "@aws-sdk/client-imagebuilder";
import { formatArn, normaliseName } from "./arns";
import { alreadyExists, invalidCombination, invalidRequest, invalidValue, notFound } from "./exceptions";
import { filtered, type ImageBuilderHandlers, type InputOf, once, page, stopIfDryRun } from "./handlers";
import { executionStatus } from "./lifecycle-rows";
import type { LifecyclePolicyRow } from "./resource-rows";
import { isVersionPattern } from "./versions";

export const lifecyclePolicies = {
  CreateLifecyclePolicy: (call, input) =>
    once(call, "CreateLifecyclePolicy", input, () => {
      const { store, account, region, now } = call;
      const { clientToken, name = "", tags = {}, ...settings } = input;
      const arn = formatArn({ region, account, kind: "lifecycle-policy", name: normaliseName(name) });
      checkPolicy(settings);
      if (store.lifecyclePolicies.has(arn)) alreadyExists("LifecyclePolicy", arn);
      stopIfDryRun(input);
      const status = settings.status ?? "ENABLED";
      store.lifecyclePolicies.put({ arn, name, ...settings, status, dateCreated: new Date(now), tags });
      return { clientToken, lifecyclePolicyArn: arn };
    }),

  GetLifecyclePolicy: ({ store }, { lifecyclePolicyArn }) => ({
    lifecyclePolicy: store.lifecyclePolicies.get(lifecyclePolicyArn ?? "") ?? notFound(lifecyclePolicyArn),
  }),

  UpdateLifecyclePolicy: (call, input) =>
    once(call, "UpdateLifecyclePolicy", input, () => {
      const { store, now } = call;
      const { clientToken, lifecyclePolicyArn: arn = "", ...settings } = input;
      const { name, tags, dateCreated, dateLastRun, resourceType } =
        store.lifecyclePolicies.get(arn) ?? notFound(arn);
      if (resourceType !== settings.resourceType)
        invalidRequest("The resource type of a policy cannot be changed.");
      checkPolicy(settings);
      const status = settings.status ?? "ENABLED";
      const kept = { arn, name, tags, dateCreated, dateLastRun };
      store.lifecyclePolicies.put({ ...kept, ...settings, status, dateUpdated: new Date(now) });
      return { clientToken, lifecyclePolicyArn: arn };
    }),

  DeleteLifecyclePolicy({ store, now }, { lifecyclePolicyArn = "" }) {
    if (!store.lifecyclePolicies.delete(lifecyclePolicyArn)) notFound(lifecyclePolicyArn);
    for (const run of store.lifecycleExecutions.list((row) => row.policyArn === lifecyclePolicyArn)) {
      if (executionStatus(run, now) === "IN_PROGRESS")
        store.lifecycleExecutions.put({ ...run, cancelledAt: now });
    }
    return { lifecyclePolicyArn };
  },

  ListLifecyclePolicies({ store }, input) {
    const listed = filtered(store.lifecyclePolicies.list(), input.filters, {
      name: (row) => row.name,
      resourceType: (row) => row.resourceType,
      status: (row) => row.status,
    });
    const { items, nextToken } = page("ListLifecyclePolicies", listed.map(toSummary), input);
    return { lifecyclePolicySummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

type Settings = Omit<InputOf<"UpdateLifecyclePolicy">, "clientToken" | "lifecyclePolicyArn">;

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateLifecyclePolicy.html */
function checkPolicy({
  policyDetails = [],
  resourceSelection,
  resourceType,
  executionRole = "",
}: Settings): void {
  const { recipes, tagMap } = resourceSelection ?? {};
  // https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-lifecycle-policies.html
  if (/(^|\/)AWSServiceRoleFor/.test(executionRole))
    invalidValue("executionRole", "A service-linked role cannot run a lifecycle policy.");
  const unreadable = recipes?.find(({ semanticVersion = "" }) => !isVersionPattern(semanticVersion));
  if (unreadable)
    invalidValue("semanticVersion", `'${unreadable.semanticVersion}' is not a version or a wildcard.`);
  if ((recipes === undefined) === (tagMap === undefined)) {
    invalidCombination("You must specify exactly one of 'recipes' and 'tagMap' in the resource selection.");
  }
  const types = policyDetails.map(({ action }) => action?.type);
  if (new Set(types).size < types.length) invalidRequest("A policy can have one rule for each action.");
  for (const { action, filter } of policyDetails) {
    if (resourceType === "CONTAINER_IMAGE" && action?.type !== "DELETE") {
      invalidRequest("Policies for container images can only delete.");
    }
    if (filter?.type === "AGE" && !filter.unit) invalidCombination("A filter of type AGE requires 'unit'.");
    if (filter?.type === "COUNT" && action?.type !== "DELETE") {
      invalidCombination("A filter of type COUNT is valid for the action DELETE only.");
    }
    const { amis, snapshots } = action?.includeResources ?? {};
    if (snapshots && !amis) invalidCombination("'snapshots' can be included only together with 'amis'.");
    if (snapshots && action?.type !== "DELETE")
      invalidCombination("'snapshots' can be included for DELETE only.");
  }
}

function toSummary(row: LifecyclePolicyRow): LifecyclePolicySummary {
  const { policyDetails: _details, resourceSelection: _selection, ...summary } = row;
  return summary;
}
