import * as sdk from "@aws-sdk/client-ecr";
import { defineService } from "../../engine/service";
import { repositories } from "./repositories";
import { openEcrStore } from "./store";

export const ecr = defineService({
  signingName: "ecr",
  protocol: { kind: "awsJson", version: "1.1", target: "AmazonEC2ContainerRegistry_V20150921" },
  invalidInputCode: "InvalidParameterException",
  sdk,
  openStore: openEcrStore,
  handlers: repositories,
  othersUnsupportedBecause:
    "a console for image builds lists images and their findings; it pushes and pulls nothing",
});
