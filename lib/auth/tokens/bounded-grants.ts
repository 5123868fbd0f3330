import { type Grant, ROLES } from "@/lib/core/actor";
import { namedSo } from "@/lib/core/name-rule";

/** What a token may do as it was made: one grant for each of its targets and beginnings of names. */
export function grantsOfScope(scope: Pick<TokenScope, "role" | "targets" | "namePrefixes">): Grant[] {
  const prefixes = scope.namePrefixes.length > 0 ? scope.namePrefixes : [""];
  return scope.targets.flatMap((target) =>
    prefixes.map((namePrefix) => ({ role: scope.role, target, ...(namePrefix !== "" && { namePrefix }) })),
  );
}

/** A role, targets (`*` for all) and beginnings of names (none for all). */
export type TokenScope = { role: Grant["role"]; targets: string[]; namePrefixes: string[] };

/** What both allow: of each pair the lower role, the narrower target and the longer beginning of names. */
export const boundGrants = (wanted: Grant[], bounds: Grant[]): Grant[] =>
  wanted.flatMap((one) => bounds.flatMap((other) => intersectionOf(one, other) ?? []));

/** Whether one grant allows all that another does: `target` and `namePrefix` of the other lie within its own. */
export const coversGrant = (bounds: Grant[], wanted: Grant): boolean =>
  bounds.some(
    ({ role, target, namePrefix = "" }) =>
      ROLES.indexOf(role) >= ROLES.indexOf(wanted.role) &&
      (target === "*" || target === wanted.target) &&
      namedSo(wanted.namePrefix ?? "", namePrefix),
  );

function intersectionOf(one: Grant, other: Grant): Grant | undefined {
  const target = narrower(one.target, other.target);
  const namePrefix = longer(one.namePrefix ?? "", other.namePrefix ?? "");
  if (target === undefined || namePrefix === undefined) return undefined;
  const role = ROLES.indexOf(one.role) <= ROLES.indexOf(other.role) ? one.role : other.role;
  return { role, target, ...(namePrefix !== "" && { namePrefix }) };
}

function narrower(one: string, other: string): string | undefined {
  if (one === "*" || one === other) return other;
  return other === "*" ? one : undefined;
}

function longer(one: string, other: string): string | undefined {
  if (namedSo(one, other)) return one;
  return namedSo(other, one) ? other : undefined;
}
