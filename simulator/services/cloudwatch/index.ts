import * as sdk from "@aws-sdk/client-cloudwatch";
import { defineService } from "../../engine/service";
import { alarms } from "./alarms";
import { evaluateAlarms } from "./evaluate-alarms";
import { metricData } from "./metric-data";
import { metricQueries } from "./metric-queries";
import { openCloudWatchStore } from "./store";

export const cloudWatch = defineService({
  signingName: "monitoring",
  actionPrefix: "cloudwatch",
  protocol: {
    kind: "awsJson",
    version: "1.0",
    target: "GraniteServiceVersion20100801",
    queryCompatible: true,
    specialFloats: true,
  },
  sdk,
  openStore: openCloudWatchStore,
  settle: evaluateAlarms,
  handlers: { ...metricData, ...metricQueries, ...alarms },
  othersUnsupportedBecause:
    "a console for image builds sends metrics, reads them back and looks at alarms; it draws no dashboards here",
});
