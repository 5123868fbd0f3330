import type { ClaimRules } from "@/lib/config/sign-in-config";
import type { Grant } from "@/lib/core/actor";
import type { Claims, Identity } from "./types";

/** Names that the audit gives to the console itself. */
const TAKEN = new Set(["local-administrator", "goldsmith", "goldsmith-history", "nobody"]);
const MAX_NAME_LENGTH = 200;

/** Why verified claims may still not come in, or undefined. */
export function refusalOfClaims(claims: Claims, { allowedDomains }: ClaimRules): SignInRefusal | undefined {
  if (textOf(claims.sub) === undefined && textOf(claims.common_name) === undefined) return "nobody_named";
  // Providers that do not verify addresses leave the claim out; one that says no means it.
  if (claims.email !== undefined && isFalse(claims.email_verified)) return "email_not_verified";
  if (allowedDomains.length === 0) return undefined;
  const [, domain] = /^[^@\s]+@([^@\s]+)$/.exec(textOf(claims.email) ?? "") ?? [];
  return domain && allowedDomains.includes(domain.toLowerCase()) ? undefined : "domain_not_allowed";
}

export type SignInRefusal = "nobody_named" | "email_not_verified" | "domain_not_allowed";

/** The person that verified claims are about, with the roles that their groups give. */
export function identityOf(claims: Claims, rules: ClaimRules, issuer: string): Identity {
  const groups = groupsOf(claims, rules.groupsClaim);
  const matching = rules.roles.filter(({ group }) => group === "*" || groups.includes(group));
  const grants: Grant[] = matching.map(({ group: _, ...grant }) => grant);
  const id = idOf(claims);
  const name = textOf(claims.name) ?? id;
  return { actor: { id, name, kind: "user", grants }, claims, groups, rules: matching, issuer };
}

/** What people and AWS call somebody: the address where there is one, since a subject says nothing to a reader. */
function idOf({ email, preferred_username: userName, common_name: serviceName, sub }: Claims): string {
  const id =
    textOf(email)?.toLowerCase() ?? textOf(userName) ?? textOf(serviceName) ?? textOf(sub) ?? "unnamed";
  return TAKEN.has(id.toLowerCase()) ? `user:${id}` : id;
}

/** Groups are a list of texts, or one text that is one group; anything else gives none. */
export function groupsOf(claims: Claims, claim: string): string[] {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : followPath(claims, claim.split("."));
  const list = Array.isArray(value) ? value : [value];
  return list.filter((group): group is string => typeof group === "string" && group !== "");
}

function followPath(value: unknown, [member, ...rest]: string[]): unknown {
  if (member === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, member)) return undefined;
  return followPath((value as Record<string, unknown>)[member], rest);
}

/** One line without control characters: names go into logs, headers and AWS's session names. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const line = value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line === "" ? undefined : line.slice(0, MAX_NAME_LENGTH);
}

/** Load balancers write booleans as text. */
const isFalse = (value: unknown) => value === false || value === "false";
