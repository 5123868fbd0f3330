import * as sdk from "@aws-sdk/client-auto-scaling";
import { defineService } from "../../engine/service";
import { groups } from "./groups";
import { openAutoScalingStore } from "./store";

export const autoScaling = defineService({
  signingName: "autoscaling",
  protocol: { kind: "awsQuery", xmlns: "http://autoscaling.amazonaws.com/doc/2011-01-01/" },
  sdk,
  openStore: openAutoScalingStore,
  handlers: groups,
  othersUnsupportedBecause:
    "a console for image builds finds the groups that use an image, and refreshes them",
});
