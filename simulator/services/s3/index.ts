import * as sdk from "@aws-sdk/client-s3";
import { defineService } from "../../engine/service";
import { buckets } from "./objects";
import { openS3Store } from "./store";

export const s3 = defineService({
  signingName: "s3",
  protocol: { kind: "restXml", xmlns: "http://s3.amazonaws.com/doc/2006-03-01/" },
  global: true,
  sdk,
  openStore: openS3Store,
  handlers: buckets,
  othersUnsupportedBecause: "a console for image builds lists, reads and writes small objects",
});
