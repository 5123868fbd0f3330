import * as sdk from "@aws-sdk/client-ssm";
import { defineService } from "../../engine/service";
import { commands } from "./commands";
import { parameters } from "./parameters";
import { openSsmStore } from "./store";

export const ssm = defineService({
  signingName: "ssm",
  protocol: { kind: "awsJson", version: "1.1", target: "AmazonSSM" },
  sdk,
  openStore: openSsmStore,
  handlers: { ...commands, ...parameters },
  othersUnsupportedBecause:
    "a console for image builds reads and writes parameters, and the commands of its builds",
});
