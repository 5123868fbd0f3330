import type { TargetSummary } from "@/lib/image-builder/targets/types";
import type { EarlyKeys } from "./early-keys";

/** What a panel is given. `early` has the keys that were typed while it was loaded. */
export type PanelProps = {
  target: TargetSummary;
  targets: TargetSummary[];
  early: EarlyKeys;
  onClose: () => void;
};
