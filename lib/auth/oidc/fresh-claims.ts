import "server-only";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { MINUTE_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { people, providerAccounts, sessions } from "@/lib/db/schema";
import { logger } from "@/lib/telemetry/logger";
import { groupsOf, refusalOfClaims } from "../identity";
import type { Claims } from "../types";
import type { BetterAuth } from "./create-better-auth";
import { inTime } from "./in-time";
import { type Provider, TokenRefused } from "./provider";

/** From here on claims are read again beside the request, and the request goes on with what is known. */
const FRESH_FOR_MS = 5 * MINUTE_MS;
/** From here on the request waits for them. */
const KNOWN_FOR_MS = 10 * MINUTE_MS;
/** A provider that is away locks nobody out for so long, and nobody stays longer. */
const TRUSTED_FOR_MS = 60 * MINUTE_MS;
/** One reader at a time; a replica that died while reading is followed after this. */
const LEASE_MS = 30_000;

type Person = { id: string; claims: string; claimsReadAt: Date };
type Place = { orm: Orm; auth: BetterAuth; provider: Provider; signIn: OidcSignIn; clock: Clock };

/**
 * What the provider says about a person, at most minutes old. Undefined when it no longer vouches for them: then
 * their sessions have ended. Throws `unavailable` when it has been away for an hour.
 */
export async function freshClaims(place: Place, person: Person): Promise<Claims | undefined> {
  const known = JSON.parse(person.claims) as Claims;
  const age = place.clock.now() - person.claimsReadAt.getTime();
  if (age < FRESH_FOR_MS) return known;
  if (age < KNOWN_FOR_MS) {
    void readAgain(place, person).catch(logFailure);
    return known;
  }
  const read = await readAgain(place, person).catch(logFailure);
  if (read === "refused") return undefined;
  if (typeof read === "object") return read;
  if (age < TRUSTED_FOR_MS) return known;
  throw new ConsoleFailure({
    code: "unavailable",
    message:
      "The identity provider has not answered for an hour, so the console cannot tell what you may do. It goes on as soon as the provider is back.",
  });
}

async function readAgain(place: Place, person: Person): Promise<Claims | "refused" | "busy"> {
  if (!(await takeLease(place, person.id))) return "busy";
  const claims = await askProvider(place, person).catch((error: unknown) => {
    if (error instanceof TokenRefused) return undefined;
    throw error;
  });
  if (!claims || refusalOfClaims(claims, place.signIn)) {
    await place.orm.delete(sessions).where(eq(sessions.userId, person.id));
    return "refused";
  }
  await place.orm
    .update(people)
    .set({ claims: JSON.stringify(claims), claimsReadAt: new Date(place.clock.now()) })
    .where(eq(people.id, person.id));
  return claims;
}

async function takeLease({ orm, clock }: Place, personId: string): Promise<boolean> {
  const now = clock.now();
  const isFree = or(isNull(people.claimsAskedAt), lt(people.claimsAskedAt, new Date(now - LEASE_MS)));
  const taken = await orm
    .update(people)
    .set({ claimsAskedAt: new Date(now) })
    .where(and(eq(people.id, personId), lt(people.claimsReadAt, new Date(now - FRESH_FOR_MS)), isFree))
    .returning({ id: people.id });
  return taken.length > 0;
}

/** By refresh token where there is one, else by the access token while it lasts; undefined when neither is left. */
async function askProvider(
  { orm, auth, provider, signIn, clock }: Place,
  person: Person,
): Promise<Claims | undefined> {
  const [account] = await orm.select().from(providerAccounts).where(eq(providerAccounts.userId, person.id));
  if (!account) return undefined;
  const body = { accountId: account.id, userId: person.id };
  const known = JSON.parse(person.claims) as Claims;
  const aboutSamePerson = (claims: Claims) => {
    if (claims.sub !== undefined && claims.sub !== known.sub) throw new TokenRefused("another subject");
    return claims;
  };
  if (account.refreshToken) {
    const tokens = await inTime(auth.api.refreshToken({ body })).catch(async (error: unknown) => {
      if (error instanceof ConsoleFailure) throw error;
      // better-auth hides the reason. A provider that answers has refused; one that does not throws here.
      await provider.ping();
      throw new TokenRefused("the refresh token is no longer taken");
    });
    const { accessToken, idToken } = tokens;
    if (idToken && idToken !== account.idToken) {
      return aboutSamePerson(await provider.readClaims({ idToken, accessToken }));
    }
    return { ...known, ...aboutSamePerson(await provider.readUserInfo(accessToken ?? "")) };
  }
  const isExpired = account.accessTokenExpiresAt && account.accessTokenExpiresAt.getTime() <= clock.now();
  if (isExpired || !account.accessToken) return undefined;
  const { accessToken } = await inTime(auth.api.getAccessToken({ body }));
  const told = aboutSamePerson(await provider.readUserInfo(accessToken));
  // Some providers put groups into ID tokens only: then they are as old as the access token at most.
  const keepsGroups = groupsOf(told, signIn.groupsClaim).length === 0 && !(signIn.groupsClaim in told);
  return keepsGroups ? { ...known, ...told } : { ...withoutGroups(known, signIn), ...told };
}

const withoutGroups = (claims: Claims, { groupsClaim }: OidcSignIn): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => name !== groupsClaim));

const logFailure = (error: unknown) => {
  logger().warn({ err: error }, "the identity provider did not say what it knows of a person");
  return undefined;
};
