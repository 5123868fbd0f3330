import * as sdk from "@aws-sdk/client-sqs";
import { defineService } from "../../engine/service";
import { queues } from "./queues";
import { openSqsStore } from "./store";

export const sqs = defineService({
  signingName: "sqs",
  protocol: { kind: "awsJson", version: "1.0", target: "AmazonSQS", queryCompatible: true },
  invalidInputCode: "MissingParameter",
  brokenBoundCode: "InvalidParameterValue",
  sdk,
  openStore: openSqsStore,
  handlers: queues,
  othersUnsupportedBecause: "queues are here to receive what Image Builder tells",
});
