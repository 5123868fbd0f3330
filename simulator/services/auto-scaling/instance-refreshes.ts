import type * as sdk from "@aws-sdk/client-auto-scaling";
import {
  ActiveInstanceRefreshNotFoundFault,
  type Instance,
  type InstanceRefresh,
  InstanceRefreshInProgressFault,
  IrreversibleInstanceRefreshFault,
} from "@aws-sdk/client-auto-scaling";
import { stableUuid } from "../../engine/ids";
import type { Handlers } from "../../wire/contract";
import { requireGroup } from "./groups";
import { invalid, knownSettings, launchOf } from "./launch-settings";
import { irreversibleBecause, requirePreferences } from "./refresh-rules";
import { advanceRefresh, isActive, startRollback } from "./refresh-run";
import { scalingPage } from "./scaling-page";
import type { AutoScalingStore, GroupRow, LaunchSettings, RefreshRow } from "./store";

/** How long a refresh is Pending. */
const PENDING_MS = 10_000;

export const instanceRefreshes = {
  StartInstanceRefresh({ store, now, requestId }, input) {
    const group = requireGroup(store, input.AutoScalingGroupName);
    if (activeRefresh(store, group, now)) {
      const message =
        "An Instance Refresh is already in progress and blocks the execution of this Instance Refresh.";
      throw new InstanceRefreshInProgressFault({ message, $metadata: {} });
    }
    // Differs from AWS: root volumes are not replaced.
    if (input.Strategy === "ReplaceRootVolume")
      throw invalid("The ReplaceRootVolume strategy is not simulated.");
    const { Preferences = {} } = input;
    requirePreferences(Preferences);
    const { LaunchTemplate, MixedInstancesPolicy } = input.DesiredConfiguration ?? {};
    const DesiredConfiguration =
      input.DesiredConfiguration && knownSettings(store, { LaunchTemplate, MixedInstancesPolicy });
    const before = settingsOf(group);
    const irreversible = irreversibleBecause(store, before, DesiredConfiguration);
    if (Preferences.AutoRollback && irreversible)
      throw invalid(`You cannot use auto rollback because ${irreversible}.`);
    const queue = instancesToReplace(store, group, {
      settings: DesiredConfiguration ?? before,
      preferences: Preferences,
      now,
    });
    store.refreshes.put({
      InstanceRefreshId: stableUuid(requestId),
      AutoScalingGroupName: group.AutoScalingGroupName,
      StartTime: new Date(now),
      Status: "Pending",
      Strategy: "Rolling",
      PercentageComplete: 0,
      InstancesToUpdate: queue.length,
      Preferences,
      ...(DesiredConfiguration && { DesiredConfiguration }),
      work: {
        speed: store.speed,
        before,
        queue,
        total: queue.length,
        replaced: 0,
        started: [],
        checkpoints: 0,
        nextAt: now + PENDING_MS / store.speed,
      },
    });
    return { InstanceRefreshId: stableUuid(requestId) };
  },

  CancelInstanceRefresh({ store, now }, { AutoScalingGroupName, WaitForTransitioningInstances = true }) {
    const active = requireActive(store, requireGroup(store, AutoScalingGroupName), now);
    const waits = WaitForTransitioningInstances && active.work.batch !== undefined;
    // Without waiting AWS leaves what is under way as it is; here it ends with the batch either way.
    store.refreshes.put({
      ...active,
      Status: waits || active.work.batch ? "Cancelling" : "Cancelled",
      ...(!active.work.batch && { EndTime: new Date(now) }),
    });
    return { InstanceRefreshId: active.InstanceRefreshId };
  },

  RollbackInstanceRefresh({ store, now }, { AutoScalingGroupName }) {
    const active = requireActive(store, requireGroup(store, AutoScalingGroupName), now);
    const irreversible = irreversibleBecause(store, active.work.before, active.DesiredConfiguration);
    if (irreversible || active.Status === "Cancelling" || active.Status === "RollbackInProgress") {
      const message = `The instance refresh cannot be rolled back because ${irreversible ?? "it is being cancelled or rolled back"}.`;
      throw new IrreversibleInstanceRefreshFault({ message, $metadata: {} });
    }
    store.refreshes.put(startRollback(store, active, now, "Rollback requested by a user."));
    return { InstanceRefreshId: active.InstanceRefreshId };
  },

  DescribeInstanceRefreshes({ store, now }, input) {
    const group = requireGroup(store, input.AutoScalingGroupName);
    const { InstanceRefreshIds: ids } = input;
    const rows = refreshesOf(store, group, now).filter(
      ({ InstanceRefreshId }) => !ids?.length || ids.includes(InstanceRefreshId),
    );
    const page = scalingPage(rows, input, 50);
    return { InstanceRefreshes: page.items.map(describe), NextToken: page.nextToken };
  },
} satisfies Partial<Handlers<typeof sdk, AutoScalingStore>>;

/** Newest first, as they are at `now`. */
function refreshesOf(store: AutoScalingStore, { AutoScalingGroupName }: GroupRow, now: number): RefreshRow[] {
  return store.refreshes
    .list((row) => row.AutoScalingGroupName === AutoScalingGroupName)
    .map((row) => advanceRefresh(store, row, now))
    .sort((a, b) => b.StartTime.getTime() - a.StartTime.getTime());
}

function activeRefresh(store: AutoScalingStore, group: GroupRow, now: number): RefreshRow | undefined {
  return refreshesOf(store, group, now).find(isActive);
}

function requireActive(store: AutoScalingStore, group: GroupRow, now: number): RefreshRow {
  const active = activeRefresh(store, group, now);
  if (active) return active;
  const message = `No in progress or pending Instance Refresh found for Auto Scaling group ${group.AutoScalingGroupName}`;
  throw new ActiveInstanceRefreshNotFoundFault({ message, $metadata: {} });
}

function settingsOf({
  LaunchTemplate,
  MixedInstancesPolicy,
  LaunchConfigurationName,
}: GroupRow): LaunchSettings {
  return {
    ...(LaunchTemplate && { LaunchTemplate }),
    ...(MixedInstancesPolicy && { MixedInstancesPolicy }),
    ...(LaunchConfigurationName !== undefined && { LaunchConfigurationName }),
  };
}

/** All but those that preferences leave out and, with skip matching, those that run what would start now. */
function instancesToReplace(
  store: AutoScalingStore,
  group: GroupRow,
  {
    settings,
    preferences,
    now,
  }: { settings: LaunchSettings; preferences: sdk.RefreshPreferences; now: number },
): string[] {
  const isIgnored = (one: Instance) =>
    one.LifecycleState === "Standby"
      ? preferences.StandbyInstances === "Ignore"
      : Boolean(one.ProtectedFromScaleIn) && preferences.ScaleInProtectedInstances === "Ignore";
  const isMatching = (one: Instance, index: number) => {
    const template = launchOf(store, settings, index, now)?.template;
    return (
      template !== undefined &&
      one.LaunchTemplate?.LaunchTemplateId === template.LaunchTemplateId &&
      one.LaunchTemplate?.Version === template.Version
    );
  };
  return (group.Instances ?? [])
    .filter((one, index) => !isIgnored(one) && !(preferences.SkipMatching && isMatching(one, index)))
    .flatMap(({ InstanceId }) => InstanceId ?? []);
}

function describe({ work: _, ...row }: RefreshRow): InstanceRefresh {
  const { PercentageComplete, InstancesToUpdate } = row;
  return { ...row, ProgressDetails: { LivePoolProgress: { PercentageComplete, InstancesToUpdate } } };
}
