import * as sdk from "@aws-sdk/client-sns";
import { defineService } from "../../engine/service";
import { openSnsStore } from "./store";

export const sns = defineService({
  signingName: "sns",
  protocol: { kind: "awsQuery", xmlns: "http://sns.amazonaws.com/doc/2010-03-31/" },
  invalidInputCode: "InvalidParameter",
  sdk,
  openStore: openSnsStore,
  handlers: {},
  othersUnsupportedBecause: "a console for image builds does not ask for it",
});
