import * as sdk from "@aws-sdk/client-inspector2";
import { defineService } from "../../engine/service";
import { accounts } from "./accounts";
import { openInspectorStore } from "./store";

export const inspector2 = defineService({
  signingName: "inspector2",
  protocol: { kind: "restJson1" },
  invalidInputCode: "ValidationException",
  sdk,
  openStore: openInspectorStore,
  handlers: accounts,
  othersUnsupportedBecause:
    "a console for image builds asks whether Inspector scans; findings of images come from Image Builder",
});
