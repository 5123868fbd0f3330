import "server-only";
import { sightOf } from "@/lib/auth/permissions";
import type { Identity } from "@/lib/auth/types";
import type { Actor } from "@/lib/core/actor";

/**
 * Whether whoever opened a connection may go on with it: still signed in, with what they may do unchanged. `identify`
 * reads the request's own headers again. Who is known as before goes on while the database or the provider is away.
 */
export async function isStillEntitled(
  { actor, targetId }: { actor: Actor; targetId: string },
  identify: () => Promise<Pick<Identity, "actor"> | undefined>,
): Promise<boolean> {
  try {
    const identity = await identify();
    return identity?.actor.id === actor.id && sightOf(identity.actor, targetId) === sightOf(actor, targetId);
  } catch {
    return true;
  }
}
