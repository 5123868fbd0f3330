import * as sdk from "@aws-sdk/client-iam";
import { defineService } from "../../engine/service";
import { openIamStore } from "./store";

export const iam = defineService({
  signingName: "iam",
  protocol: { kind: "awsQuery", xmlns: "https://iam.amazonaws.com/doc/2010-05-08/" },
  global: true,
  sdk,
  openStore: openIamStore,
  handlers: {},
  othersUnsupportedBecause: "a console for image builds does not ask for it",
});
