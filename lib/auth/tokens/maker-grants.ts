import "server-only";
import type { SignIn } from "@/lib/config/sign-in-config";
import type { Grant } from "@/lib/core/actor";
import { DAY_MS } from "@/lib/core/time";
import { identityOf, refusalOfClaims } from "../identity";
import { LOCAL_ADMINISTRATOR } from "../local-administrator";
import type { Claims } from "../types";
import type { TokenRow } from "./token-rows";

/** A person's token rests when the console has not seen the person for so long; it works again once they sign in. */
export const MAKER_UNSEEN_DAYS = 30;

/** What of a row says who made the token. */
type Maker = Pick<TokenRow, "kind" | "makerId" | "makerClaims" | "makerSeenAt">;

/**
 * What the maker of a token may do by today's settings and by what was last known of them: their groups as the identity
 * provider said when the console last saw them. None for whom the settings no longer let in.
 */
export function grantsOfMaker({ makerId, makerClaims }: Maker, signIn: SignIn): Grant[] {
  if (signIn.kind === "none") return makerId === LOCAL_ADMINISTRATOR.id ? LOCAL_ADMINISTRATOR.grants : [];
  if (makerClaims === null) return [];
  const claims = JSON.parse(makerClaims) as Claims;
  if (refusalOfClaims(claims, signIn)) return [];
  const { actor } = identityOf(claims, signIn, signIn.issuer);
  // Another issuer's person, from before the settings changed, is nobody here.
  return actor.id === makerId ? actor.grants : [];
}

/** Whether a token rests because its person was not seen for too long. A service has no person who signs in. */
export function isMakerUnseen({ kind, makerId, makerSeenAt }: Maker, now: number): boolean {
  if (kind === "service" || makerId === LOCAL_ADMINISTRATOR.id) return false;
  return makerSeenAt.getTime() + MAKER_UNSEEN_DAYS * DAY_MS <= now;
}
