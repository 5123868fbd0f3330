import "server-only";
import { LOCAL_ADMINISTRATOR } from "./local-administrator";
import type { Actor } from "./types";

/** The actor of the request under way. */
export async function currentActor(): Promise<Actor> {
  return LOCAL_ADMINISTRATOR;
}
