import * as sdk from "@aws-sdk/client-organizations";
import { defineService } from "../../engine/service";
import { organization, plantOrganization } from "./organization";
import { openOrganizationsStore } from "./store";

export const organizations = defineService({
  signingName: "organizations",
  protocol: { kind: "awsJson", version: "1.1", target: "AWSOrganizationsV20161128" },
  invalidInputCode: "InvalidInputException",
  global: true,
  sdk,
  openStore: openOrganizationsStore,
  prepare: plantOrganization,
  handlers: organization,
  othersUnsupportedBecause: "a console for image builds chooses accounts and units to share with",
});
