import "server-only";
import type { ClaimRules } from "@/lib/config/sign-in-config";
import { groupsClaimOf } from "../identity";
import type { Claims } from "../types";

/** Who can say which groups: `id-token` where only that has listed any, else the user info, whose silence means none. */
type GroupsSource = "id-token" | "user-info";

/** What a session knows of its person. */
export type KnownClaims = { claims: Claims; groupsFrom: GroupsSource };

/** What belongs together: the address and what is said about it. */
const OF_ADDRESS = ["email", "email_verified", "xms_edov"];

/**
 * What a new ID token and the user info say together. The ID token is signed, so it comes first; groups come from one of
 * the two, and where neither has any there are none.
 */
export function claimsOf(signed: Claims, told: Claims, { groupsClaim }: ClaimRules): KnownClaims {
  const isOnlySigned =
    groupsClaimOf(signed, groupsClaim) !== undefined && groupsClaimOf(told, groupsClaim) === undefined;
  const groupsFrom = isOnlySigned ? "id-token" : "user-info";
  const others = OF_ADDRESS.some((name) => name in signed) ? withoutMembers(told, OF_ADDRESS) : told;
  return { claims: { ...others, ...signed }, groupsFrom };
}

/**
 * What is known after the user info alone was read again. Where it carries groups, or did so before, it alone says which;
 * otherwise they stay those of the ID token, whose age the caller bounds. An address comes whole from one source: an old
 * "verified" never stands beside a new address.
 */
export function claimsAfterUserInfo(
  { claims, groupsFrom }: KnownClaims,
  told: Claims,
  { groupsClaim }: ClaimRules,
): KnownClaims & { areGroupsNew: boolean } {
  const areGroupsNew = groupsFrom === "user-info" || groupsClaimOf(told, groupsClaim) !== undefined;
  const old = areGroupsNew ? withoutMembers(claims, [groupsClaim, groupsClaim.split(".")[0] ?? ""]) : claims;
  const kept = OF_ADDRESS.some((name) => name in told) ? withoutMembers(old, OF_ADDRESS) : old;
  return { claims: { ...kept, ...told }, groupsFrom: areGroupsNew ? "user-info" : groupsFrom, areGroupsNew };
}

const withoutMembers = (claims: Claims, names: string[]): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
