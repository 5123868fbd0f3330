import type { TargetSummary } from "@/lib/image-builder/targets/types";
import type { EarlyKeys } from "./early-keys";

/** What a panel is given. `early` has the keys that were typed while it was loaded. */
export type PanelProps = {
  target: TargetSummary;
  targets: TargetSummary[];
  /** The page is about all accounts: so is what is searched, and `target` is only the first one. */
  isAll: boolean;
  early: EarlyKeys;
  onClose: () => void;
};
