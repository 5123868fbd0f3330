import type { ClaimRules } from "@/lib/config/sign-in-config";
import type { Actor, Grant } from "@/lib/core/actor";
import { cutText } from "@/lib/core/canonical-text";
import { personKey, serviceKey } from "./person-key";
import type { Claims, Identity } from "./types";

const MAX_NAME_LENGTH = 200;

export type SignInRefusal = "nobody_named" | "email_not_verified" | "domain_not_allowed";

/** Why verified claims may still not come in, or undefined. */
export function refusalOfClaims(claims: Claims, rules: ClaimRules): SignInRefusal | undefined {
  if (keyOf(claims, rules, "") === undefined) return "nobody_named";
  // Providers that do not verify addresses leave the claim out; one that says no means it.
  if (claims.email !== undefined && isFalse(claims.email_verified)) return "email_not_verified";
  if (rules.allowedDomains.length === 0) return undefined;
  const [, domain] = /^[^@\s]+@([^@\s]+)$/.exec(textOf(claims.email) ?? "") ?? [];
  if (!domain || !rules.allowedDomains.includes(domain.toLowerCase())) return "domain_not_allowed";
  // An address that anybody may have typed opens no door.
  return isAddressVerified(claims, rules) ? undefined : "email_not_verified";
}

/**
 * The person that verified claims are about, with the roles that their groups give. Who they are is issuer and subject;
 * address and name are for showing only. Call it for claims that `refusalOfClaims` lets in; throws for a nobody.
 */
export function identityOf(claims: Claims, rules: ClaimRules, issuer: string): Identity {
  const groups = groupsOf(claims, rules.groupsClaim);
  const matching = rules.roles.filter(({ group }) => group === "*" || groups.includes(group));
  const grants: Grant[] = matching.map(({ group: _, ...grant }) => grant);
  const id = keyOf(claims, rules, issuer);
  if (id === undefined) throw new Error("the claims name nobody");
  const label = labelOf(claims, rules);
  const actor: Actor = { id, name: textOf(claims.name) ?? label, label, kind: "user", grants };
  return { actor, claims, groups, rules: matching, issuer };
}

function keyOf({ sub, common_name }: Claims, rules: ClaimRules, issuer: string): string | undefined {
  if (typeof sub === "string" && sub.trim() !== "") return personKey(issuer, sub);
  if (!rules.namesServices || typeof common_name !== "string" || common_name.trim() === "") return undefined;
  return serviceKey(issuer, common_name);
}

/** What people call somebody, marked where nobody has checked it. */
function labelOf(claims: Claims, rules: ClaimRules): string {
  const { email, preferred_username: userName, common_name: service, sub } = claims;
  const address = textOf(email);
  if (address) return isAddressVerified(claims, rules) ? address.toLowerCase() : `${address} (not verified)`;
  const user = textOf(userName);
  if (user) return `user name ${user}`;
  return textOf(sub) ?? `service ${textOf(service) ?? "without a name"}`;
}

/** `xms_edov` is how Microsoft Entra ID says that the domain's owner vouches for the address. */
function isAddressVerified({ email_verified, xms_edov }: Claims, rules: ClaimRules): boolean {
  return rules.vouchesForAddresses || isTrue(email_verified) || isTrue(xms_edov);
}

/** Groups are a list of texts, or one text that is one group; anything else is none. */
function groupsOf(claims: Claims, claim: string): string[] {
  const value = groupsClaimOf(claims, claim);
  const list = Array.isArray(value) ? value : [value];
  return list.filter((group): group is string => typeof group === "string" && group !== "");
}

/** What a source says about groups; `undefined` when it says nothing. */
export const groupsClaimOf = (claims: Claims, claim: string): unknown =>
  Object.hasOwn(claims, claim) ? claims[claim] : followPath(claims, claim.split("."));

function followPath(value: unknown, [member, ...rest]: string[]): unknown {
  if (member === undefined) return value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, member)) return undefined;
  return followPath((value as Record<string, unknown>)[member], rest);
}

/** One well-formed line without control characters, cut between characters: names go into logs, headers and rows. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const line = value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim();
  const cut = [...cutText(line, 2 * MAX_NAME_LENGTH)].slice(0, MAX_NAME_LENGTH).join("");
  return cut === "" ? undefined : cut.replaceAll(/\p{Cs}/gu, "\uFFFD");
}

/** Load balancers write booleans as text, Entra ID as digits. */
const isFalse = (value: unknown) => value === false || value === "false" || value === 0 || value === "0";
const isTrue = (value: unknown) => value === true || value === "true" || value === 1 || value === "1";
