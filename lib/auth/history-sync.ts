import type { Actor } from "@/lib/core/actor";

/** The console itself, where it reads builds without anybody asking. */
export const HISTORY_SYNC: Actor = {
  id: "goldsmith-history",
  name: "History sync",
  kind: "user",
  grants: [{ role: "viewer", target: "*" }],
};
