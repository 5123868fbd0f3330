"use client";
import { ConfigurationView } from "@/components/resources/configuration-view";
import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { StatusBadge } from "@/components/ui/status-badge";
import type { LifecyclePolicyInput, LifecycleRuleInput } from "@/lib/definitions/lifecycle-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { LifecyclePreview } from "./lifecycle-preview";

/** A lifecycle policy: which images it looks at, what it does to them, and what its next run would do. */
export function LifecycleView({ target, name }: { target: string; name: string }) {
  return (
    <ConfigurationView
      target={target}
      kind="lifecycle-policy"
      name={name}
      list="Lifecycle"
      detail={({ status }) =>
        status && (
          <StatusBadge tone={status === "ENABLED" ? "ok" : "mute"}>{status.toLowerCase()}</StatusBadge>
        )
      }
    >
      {({ content }) => (
        <>
          <PolicyFacts content={content} />
          <LifecyclePreview target={target} name={name} policyOf={() => content} />
        </>
      )}
    </ConfigurationView>
  );
}

function PolicyFacts({ content }: { content: JsonObject }) {
  // AWS's answer in the shape of its request; what it lacks is left out of the facts.
  const {
    resourceType,
    executionRole,
    policyDetails = [],
    resourceSelection,
  } = content as Partial<LifecyclePolicyInput>;
  const { recipes, tagMap } = resourceSelection ?? {};
  return (
    <Card title="Policy">
      <FactList
        facts={[
          {
            label: "Applies to",
            value: resourceType === "CONTAINER_IMAGE" ? "container images" : "AMI images",
          },
          {
            label: recipes ? "Of recipes" : "With tags",
            value: (
              <ul className="m-0 list-none p-0">
                {(
                  recipes?.map(({ name, semanticVersion }) => `${name} ${semanticVersion}`) ?? pairsOf(tagMap)
                ).map((text) => (
                  <li key={text}>
                    <Mono>{text}</Mono>
                  </li>
                ))}
              </ul>
            ),
          },
          ...policyDetails.map((rule) => ({
            label: LABELS[rule.action.type] ?? rule.action.type,
            value: sayRule(rule),
          })),
          { label: "Execution role", value: executionRole && <Mono copy>{executionRole}</Mono> },
        ]}
      />
    </Card>
  );
}

const LABELS: Record<string, string> = { DEPRECATE: "Deprecates", DISABLE: "Disables", DELETE: "Deletes" };

function sayRule({ action, filter, exclusionRules }: LifecycleRuleInput): string {
  const { amis, snapshots, containers } = action.includeResources ?? {};
  const taken = ["images", amis && "AMIs", snapshots && "snapshots", containers && "containers"].filter(
    Boolean,
  );
  const when =
    filter.type === "COUNT"
      ? `beyond the latest ${filter.value}`
      : `older than ${filter.value} ${filter.unit?.toLowerCase() ?? ""}`;
  const kept = filter.retainAtLeast ? `, keeps at least ${filter.retainAtLeast}` : "";
  const { amis: amiRules, tagMap } = exclusionRules ?? {};
  const spared = [
    ...pairsOf(tagMap),
    ...pairsOf(amiRules?.tagMap),
    ...(amiRules?.regions ?? []),
    ...(amiRules?.sharedAccounts ?? []).map((account) => `shared with ${account}`),
    ...(amiRules?.isPublic ? ["public"] : []),
    ...(amiRules?.lastLaunched
      ? [`launched within ${amiRules.lastLaunched.value} ${amiRules.lastLaunched.unit.toLowerCase()}`]
      : []),
  ];
  return `${taken.join(", ")} ${when}${kept}${spared.length > 0 ? `; excludes ${spared.join(", ")}` : ""}`;
}

const pairsOf = (tags: Record<string, string> = {}) =>
  Object.entries(tags).map(([key, value]) => `${key} = ${value}`);
