import "server-only";
import type { SignIn } from "@/lib/config/sign-in-config";
import type { Grant } from "@/lib/core/actor";
import { DAY_MS } from "@/lib/core/time";
import { identityOf, refusalOfClaims } from "../identity";
import { LOCAL_ADMINISTRATOR } from "../local-administrator";
import type { Claims } from "../types";
import type { TokenRow } from "./token-rows";

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

/** How many days a token goes on while the console does not see who created it, by its kind. */
export type TokenDays = Readonly<Record<TokenRow["kind"], number>>;

/**
 * Whether a token rests because who created it was not seen for too long: only the provider knows whether they are still
 * there, and says so when they sign in. It works again once they do.
 */
export function isMakerUnseen(
  { kind, makerId, makerSeenAt }: Maker,
  { now, tokenDays }: { now: number; tokenDays: TokenDays },
): boolean {
  if (makerId === LOCAL_ADMINISTRATOR.id) return false;
  return makerSeenAt.getTime() + tokenDays[kind] * DAY_MS <= now;
}
