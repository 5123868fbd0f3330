import type { Actor } from "@/lib/core/actor";

/** Who acts where no sign-in is configured: the person at this machine, since nobody else can reach the console. */
export const LOCAL_ADMINISTRATOR: Actor = {
  id: "local-administrator",
  name: "Local administrator",
  kind: "local-administrator",
  grants: [{ role: "admin", target: "*" }],
};
