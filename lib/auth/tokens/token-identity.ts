import "server-only";
import type { SignIn } from "@/lib/config/sign-in-config";
import type { Actor } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Orm } from "@/lib/db/database";
import { boundGrants, grantsOfScope } from "./bounded-grants";
import { grantsOfMaker, isMakerUnseen, type TokenDays } from "./maker-grants";
import { findTokenById, findTokenRow, type TokenRow } from "./token-rows";
import { isToken } from "./token-text";

/** Who calls with a token. */
export type TokenCaller = { actor: Actor; row: TokenRow };

export type TokenFacts = { orm: Orm; signIn: SignIn; now: number; tokenDays: TokenDays };

/** One header with one token; RFC 6750 writes the scheme in any case. */
const BEARER = /^Bearer +(\S+) *$/i;

/**
 * The caller behind the `Authorization` header of a request: cookies and other headers say nothing here. What the token
 * may do is what it was made for, bounded by what its maker may do now. Throws `signed-out` with the reason.
 */
export async function identifyToken(headers: Pick<Headers, "get">, facts: TokenFacts): Promise<TokenCaller> {
  const header = headers.get("authorization");
  if (header === null) throw refused("Send an API token in the header Authorization: Bearer goldsmith_…");
  const [, token = ""] = BEARER.exec(header) ?? [];
  return callerBehind(token, facts);
}

/**
 * The caller behind a key that stands in the address of a feed. An address is written down in more places than a header:
 * only a token that was made for feeds is taken from one. Throws `signed-out` with the reason.
 */
export async function identifyFeedKey(key: string, facts: TokenFacts): Promise<TokenCaller> {
  const caller = await callerBehind(key, facts);
  if (caller.row.kind !== "feed")
    throw refused("Only a feed key may stand in an address. Send other tokens in the header Authorization.");
  return caller;
}

/** The caller behind a token that is known by its ID: what it began goes on by it. Throws `signed-out` with the reason. */
export async function identifyTokenById(id: string, facts: TokenFacts): Promise<TokenCaller> {
  return callerOf(await findTokenById(facts.orm, id), facts);
}

async function callerBehind(token: string, facts: TokenFacts): Promise<TokenCaller> {
  if (!isToken(token)) throw refused("The API token is malformed. Check that you copied all of it.");
  return callerOf(await findTokenRow(facts.orm, token), facts);
}

function callerOf(row: TokenRow | undefined, { signIn, now, tokenDays }: TokenFacts): TokenCaller {
  if (!row) throw refused("This API token doesn't exist.");
  if (row.revokedAt) throw refused(`The API token "${row.name}" was revoked.`);
  if (row.expiresAt.getTime() <= now) throw refused(`The API token "${row.name}" has expired.`);
  if (isMakerUnseen(row, { now, tokenDays }))
    throw refused(
      `The API token "${row.name}" is paused: ${row.makerName}, who created it, has not signed in for ${tokenDays[row.kind]} days.`,
    );
  return { actor: actorOf(row, signIn), row };
}

/** A token as somebody who acts. It has never signed in, so nothing that asks for a fresh sign-in is let through. */
function actorOf(row: TokenRow, signIn: SignIn): Actor {
  const { id, name, kind, makerId, makerName } = row;
  return {
    id: `token:${id}`,
    name: NAMES[kind](name, makerName),
    kind: "token",
    ...(kind !== "service" && { sharesWith: makerId }),
    grants: boundGrants(grantsOfScope(row), grantsOfMaker(row, signIn)),
    freshUntil: new Date(0).toISOString(),
  };
}

const NAMES: Record<TokenRow["kind"], (name: string, maker: string) => string> = {
  person: (name, maker) => `token "${name}" of ${maker}`,
  service: (name) => `service token "${name}"`,
  feed: (name, maker) => `feed key "${name}" of ${maker}`,
};

const refused = (message: string) => new ConsoleFailure({ code: "signed-out", message });
