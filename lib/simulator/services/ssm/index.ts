import * as sdk from "@aws-sdk/client-ssm";
import { defineService } from "../../engine/service";
import { openSsmStore } from "./store";

export const ssm = defineService({
  signingName: "ssm",
  protocol: { kind: "awsJson", version: "1.1", target: "AmazonSSM" },
  sdk,
  openStore: openSsmStore,
  handlers: {},
  othersUnsupportedBecause: "a console for image builds does not ask for it",
});
