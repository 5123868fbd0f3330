import { DEMO_ACCOUNT } from "../engine/scope";
import { formatArn, normaliseName } from "../services/imagebuilder/arns";
import type { LifecyclePolicyRow } from "../services/imagebuilder/resource-rows";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { DEMO_PLACE } from "./demo-arns";

const ROLE = `arn:aws:iam::${DEMO_ACCOUNT}:role/ImageBuilderLifecycleRole`;

/**
 * The demo's lifecycle policies. One runs and finds nothing as old as that, one is off and would deprecate many: its
 * preview has something to show, and no image of the demo changes by itself.
 */
const POLICIES: Pick<
  LifecyclePolicyRow,
  "name" | "description" | "status" | "policyDetails" | "dateLastRun"
>[] = [
  {
    name: "delete-after-two-years",
    description: "Images of the platform team, with their AMIs and snapshots.",
    status: "ENABLED",
    policyDetails: [
      {
        action: { type: "DELETE", includeResources: { amis: true, snapshots: true } },
        filter: { type: "AGE", value: 2, unit: "YEARS", retainAtLeast: 3 },
      },
    ],
  },
  {
    name: "deprecate-after-45-days",
    description: "Off until every team launches the latest images.",
    status: "DISABLED",
    policyDetails: [
      {
        action: { type: "DEPRECATE", includeResources: { amis: true } },
        filter: { type: "AGE", value: 45, unit: "DAYS", retainAtLeast: 2 },
      },
    ],
  },
];

export function plantLifecycle(store: ImageBuilderStore, daysAgo: (days: number) => string): void {
  for (const policy of POLICIES) {
    store.lifecyclePolicies.put({
      ...policy,
      arn: formatArn({ ...DEMO_PLACE, kind: "lifecycle-policy", name: normaliseName(policy.name ?? "") }),
      executionRole: ROLE,
      resourceType: "AMI_IMAGE",
      resourceSelection: { tagMap: { team: "platform" } },
      dateCreated: new Date(daysAgo(160)),
      dateUpdated: new Date(daysAgo(41)),
      ...(policy.status === "ENABLED" && { dateLastRun: new Date(daysAgo(0.4)) }),
      tags: { team: "platform" },
    });
  }
}
