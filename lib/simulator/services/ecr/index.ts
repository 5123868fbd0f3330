import * as sdk from "@aws-sdk/client-ecr";
import { defineService } from "../../engine/service";
import { openEcrStore } from "./store";

export const ecr = defineService({
  signingName: "ecr",
  protocol: { kind: "awsJson", version: "1.1", target: "AmazonEC2ContainerRegistry_V20150921" },
  invalidInputCode: "InvalidParameterException",
  sdk,
  openStore: openEcrStore,
  handlers: {},
  othersUnsupportedBecause: "a console for image builds does not ask for it",
});
