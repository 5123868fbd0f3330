/** How far the index of a target is. */
export type SyncProgress = {
  /** `off`: no sync has ever run here. `listing`: what builds there are. `reading`: what is in each. */
  phase: "off" | "listing" | "reading" | "following";
  /** Builds in the index. */
  builds: number;
  /** Builds whose stages, versions and causes are still to be read. */
  pending: number;
  /** An estimate; absent when nothing is left or nobody can tell. */
  secondsLeft?: number;
  /** ISO 8601. */
  updatedAt?: string;
  /** Why it cannot go on at the moment. */
  mistake?: string;
};
