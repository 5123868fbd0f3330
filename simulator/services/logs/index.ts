import * as sdk from "@aws-sdk/client-cloudwatch-logs";
import { defineService } from "../../engine/service";
import { logEvents } from "./events";
import { filterEvents } from "./filter-events";
import { logGroups } from "./groups";
import { liveTail } from "./live-tail";
import { queries } from "./queries";
import { openLogsStore } from "./store";
import { logStreams } from "./streams";

export const logs = defineService({
  signingName: "logs",
  protocol: { kind: "awsJson", version: "1.1", target: "Logs_20140328" },
  invalidInputCode: "InvalidParameterException",
  sdk,
  openStore: openLogsStore,
  handlers: { ...logGroups, ...logStreams, ...logEvents, ...filterEvents, ...queries, ...liveTail },
  othersUnsupportedBecause: "a console for image builds reads logs, sets their retention and queries them",
});
