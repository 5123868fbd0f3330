import * as sdk from "@aws-sdk/client-auto-scaling";
import { defineService } from "../../engine/service";
import { groups, keepCapacity } from "./groups";
import { instanceRefreshes } from "./instance-refreshes";
import { launchConfigurations } from "./launch-configurations";
import { advanceRefresh } from "./refresh-run";
import { openAutoScalingStore } from "./store";

export const autoScaling = defineService({
  signingName: "autoscaling",
  protocol: { kind: "awsQuery", xmlns: "http://autoscaling.amazonaws.com/doc/2011-01-01/" },
  sdk,
  openStore: openAutoScalingStore,
  settle(store, now, forResource) {
    for (const row of store.refreshes.values())
      forResource(row.InstanceRefreshId, () => advanceRefresh(store, row, now));
    keepCapacity(store, now);
  },
  handlers: { ...groups, ...launchConfigurations, ...instanceRefreshes },
  othersUnsupportedBecause:
    "a console for image builds finds the groups that use an image, and refreshes them",
});
