import type { ImageScanState } from "@aws-sdk/client-imagebuilder";
import type { ImageBuildRow } from "./image-build-row";
import { snapshotOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";

const SCAN_STEP = "CollectImageScanFindings";

/** How far the scan of a build is; undefined when it has none. */
export function scanStateOf(
  store: ImageBuilderStore,
  row: ImageBuildRow,
  now: number,
): ImageScanState | undefined {
  if (!row.scanning?.imageScanningEnabled) return undefined;
  const steps = snapshotOf(store, row, now).workflowExecutions.flatMap(({ steps: all }) => all);
  const step = steps.findLast(({ action }) => action === SCAN_STEP);
  if (!step) return { status: "PENDING" };
  if (step.status === "RUNNING") return { status: "SCANNING" };
  if (step.status === "COMPLETED") return { status: "COMPLETED" };
  return {
    status: step.status === "FAILED" ? "FAILED" : "ABANDONED",
    ...(step.message && { reason: step.message }),
  };
}
