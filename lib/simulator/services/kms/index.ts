import * as sdk from "@aws-sdk/client-kms";
import { defineService } from "../../engine/service";
import { openKmsStore } from "./store";

export const kms = defineService({
  signingName: "kms",
  protocol: { kind: "awsJson", version: "1.1", target: "TrentService" },
  sdk,
  openStore: openKmsStore,
  handlers: {},
  othersUnsupportedBecause: "a console for image builds does not ask for it",
});
