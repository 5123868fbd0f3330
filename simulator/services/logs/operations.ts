import type * as sdk from "@aws-sdk/client-cloudwatch-logs";
import type { Handlers } from "../../wire/contract";
import type { LogsStore } from "./store";

export type CloudWatchLogs = Handlers<typeof sdk, LogsStore>;
