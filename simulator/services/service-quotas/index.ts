import * as sdk from "@aws-sdk/client-service-quotas";
import { defineService } from "../../engine/service";
import { quotas } from "./quotas";

export const serviceQuotas = defineService({
  signingName: "servicequotas",
  protocol: { kind: "awsJson", version: "1.1", target: "ServiceQuotasV20190624" },
  invalidInputCode: "IllegalArgumentException",
  sdk,
  openStore: () => ({}),
  handlers: quotas,
  othersUnsupportedBecause: "a console for image builds reads quotas and asks for no increase",
});
