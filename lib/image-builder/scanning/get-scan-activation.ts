import "server-only";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { readScanActivation } from "./read-scan-activation";
import type { ScanActivation } from "./types";

const UNKNOWN: ScanActivation = { ec2: "unknown", ecr: "unknown" };

/** Whether Amazon Inspector scans the target's account, or why that is not known. */
export const getScanActivation = useCase(
  "get-scan-activation",
  noInput,
  async ({ ctx }): Promise<ScanActivation> => {
    const { value, reason } = await unlessFailed(readScanActivation(ctx), UNKNOWN);
    return reason ? { ...value, reason } : value;
  },
);
