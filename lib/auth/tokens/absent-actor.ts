import "server-only";
import type { Actor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { LOCAL_ADMINISTRATOR } from "../local-administrator";
import { grantsOfMaker, isMakerUnseen } from "./maker-grants";
import { identifyTokenById, type TokenFacts } from "./token-identity";

/** Who started something that goes on while they are away, as it was recorded. */
export type AbsentStarter = {
  id: string;
  /** For showing only. */
  name: string;
  /** What the identity provider last said of them, as JSON text. */
  claims: string | null;
  seenAt: Date;
};

const TOKEN_ID = /^token:(.+)$/;

/**
 * An actor who is away, with the grants they have now: a person by today's settings and their last known claims, a token
 * as if it called. Throws `signed-out` with the reason when no grant is left.
 */
export async function actorWhileAbsent(
  { id, name, claims, seenAt }: AbsentStarter,
  facts: TokenFacts,
): Promise<Actor> {
  const [, tokenId] = TOKEN_ID.exec(id) ?? [];
  if (tokenId !== undefined) return (await identifyTokenById(tokenId, facts)).actor;
  const person = { kind: "person", makerId: id, makerClaims: claims, makerSeenAt: seenAt } as const;
  const grants = grantsOfMaker(person, facts.signIn);
  if (grants.length === 0) throw gone(`${name} no longer has access to this console.`);
  if (id === LOCAL_ADMINISTRATOR.id) return LOCAL_ADMINISTRATOR;
  if (isMakerUnseen(person, facts))
    throw gone(`${name} has not signed in for ${facts.tokenDays.person} days.`);
  return { id, name, kind: "user", grants, freshUntil: new Date(0).toISOString() };
}

const gone = (message: string) => new ConsoleFailure({ code: "signed-out", message });
