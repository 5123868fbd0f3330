import * as sdk from "@aws-sdk/client-sns";
import { defineService } from "../../engine/service";
import { openSnsStore } from "./store";
import { topics } from "./topics";

export const sns = defineService({
  signingName: "sns",
  protocol: { kind: "awsQuery", xmlns: "http://sns.amazonaws.com/doc/2010-03-31/" },
  invalidInputCode: "InvalidParameter",
  sdk,
  openStore: openSnsStore,
  handlers: topics,
  othersUnsupportedBecause:
    "topics are here for what Image Builder tells; there are no phones and no platforms",
});
