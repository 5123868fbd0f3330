import "server-only";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import { type Clock, orAfter, systemClock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { MINUTE_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { sessions } from "@/lib/db/schema";
import { logger } from "@/lib/telemetry/logger";
import { refusalOfClaims } from "../identity";
import type { Claims } from "../types";
import { claimsAfterUserInfo, claimsOf, type KnownClaims } from "./claims-of-person";
import { TokenRefused } from "./description";
import type { Provider, Tokens } from "./provider";
import { reasonOf } from "./provider-refusal";
import { claimColumns, knownClaimsOf, type SessionRow, tokenColumns } from "./session-rows";
import type { SessionSecrets } from "./session-secrets";

/** From here on claims are read again beside the request, and the request goes on with what is known. */
const FRESH_FOR_MS = 5 * MINUTE_MS;
/** From here on the request waits for them, but not for long. */
const KNOWN_FOR_MS = 10 * MINUTE_MS;
const WAIT_MS = 2_000;
/** A provider that is away locks nobody out for so long, and nobody stays longer. Groups of an ID token last as long. */
const TRUSTED_FOR_MS = 60 * MINUTE_MS;
/** One reader at a time; a replica that died while reading is followed after this. */
const LEASE_MS = 30_000;
/** How long a reader elsewhere is waited for, and how often it is looked for, where nothing else is known. */
const LOOK_TIMES = 20;
const LOOK_MS = 300;

export type ClaimsPlace = {
  orm: Orm;
  provider: Provider;
  signIn: OidcSignIn;
  secrets: SessionSecrets;
  clock: Clock;
  /** Readings under way in this process, by session. */
  readings: Map<string, Promise<Reading>>;
};
type Reading = KnownClaims | "refused" | "busy" | "failed";

/**
 * What the provider says about a session's person, at most minutes old. Undefined when it no longer vouches for them: then
 * the session has ended. A provider that is slow is waited for two seconds; one that is away for an hour makes it throw
 * `unavailable`.
 */
export async function freshClaims(place: ClaimsPlace, row: SessionRow): Promise<Claims | undefined> {
  const { claims: known } = knownClaimsOf(row);
  const age = place.clock.now() - row.claimsReadAt.getTime();
  if (age < FRESH_FOR_MS) return known;
  const reading = readOnce(place, row);
  if (age < KNOWN_FOR_MS) return known;
  const read = age < TRUSTED_FOR_MS ? await orAfter(WAIT_MS, reading, () => "busy" as const) : await reading;
  if (read === "refused") return undefined;
  if (typeof read === "object") return read.claims;
  if (age < TRUSTED_FOR_MS) return known;
  const elsewhere = read === "busy" ? await claimsReadElsewhere(place, row) : undefined;
  if (elsewhere) return elsewhere.claims;
  throw new ConsoleFailure({
    code: "unavailable",
    message:
      "The identity provider hasn't responded for an hour, so the console can't check your permissions. Access returns when the provider does.",
  });
}

function readOnce(place: ClaimsPlace, row: SessionRow): Promise<Reading> {
  const underWay = place.readings.get(row.id);
  if (underWay) return underWay;
  const reading = readAgain(place, row)
    .catch((error: unknown) => {
      logger().warn(
        { reason: reasonOf(error) },
        "the identity provider did not say what it knows of a person",
      );
      return "failed" as const;
    })
    .finally(() => place.readings.delete(row.id));
  place.readings.set(row.id, reading);
  return reading;
}

async function readAgain(place: ClaimsPlace, row: SessionRow): Promise<Reading> {
  const { orm, clock, signIn } = place;
  if (!(await takeLease(place, row.id))) return "busy";
  const read = await askProvider(place, row).catch((error: unknown) => {
    if (!(error instanceof TokenRefused)) throw error;
    logger().info({ reason: error.message }, "the identity provider no longer vouches for a person");
    return undefined;
  });
  if (!read || refusalOfClaims(read.claims, signIn)) {
    await orm.delete(sessions).where(eq(sessions.id, row.id));
    return "refused";
  }
  const now = clock.now();
  await orm
    .update(sessions)
    .set({ ...claimColumns(read, now), ...(read.areGroupsNew && { groupsReadAt: new Date(now) }) })
    .where(eq(sessions.id, row.id));
  return read;
}

async function takeLease({ orm, clock }: ClaimsPlace, id: string): Promise<boolean> {
  const now = clock.now();
  const isFree = or(isNull(sessions.claimsAskedAt), lt(sessions.claimsAskedAt, new Date(now - LEASE_MS)));
  const taken = await orm
    .update(sessions)
    .set({ claimsAskedAt: new Date(now) })
    .where(and(eq(sessions.id, id), lt(sessions.claimsReadAt, new Date(now - FRESH_FOR_MS)), isFree))
    .returning({ id: sessions.id });
  return taken.length > 0;
}

/** By refresh token where there is one, else by the access token while it lasts; undefined when neither is left. */
async function askProvider(
  place: ClaimsPlace,
  row: SessionRow,
): Promise<(KnownClaims & { areGroupsNew: boolean }) | undefined> {
  const { provider, signIn, secrets, clock } = place;
  const known = knownClaimsOf(row);
  const { sub } = known.claims;
  const unsealed = async (sealed: string | null) => (sealed === null ? undefined : secrets.unseal(sealed));
  const refreshToken = await unsealed(row.refreshToken);
  const tokens = refreshToken === undefined ? undefined : await provider.refresh(refreshToken);
  if (tokens) await keepTokens(place, row, { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken });
  const isExpired = row.accessTokenExpiresAt !== null && row.accessTokenExpiresAt.getTime() <= clock.now();
  const accessToken = tokens?.accessToken ?? (isExpired ? undefined : await unsealed(row.accessToken));
  if (accessToken === undefined) return undefined;
  const signed = tokens?.idToken === undefined ? undefined : await provider.verifySignedIn(tokens.idToken);
  if (signed && signed.sub !== sub) throw new TokenRefused("the new ID token is about somebody else");
  const told = await provider.readUserInfo(accessToken, sub);
  if (signed) return { ...claimsOf(signed, told, signIn), areGroupsNew: true };
  const read = claimsAfterUserInfo(known, told, signIn);
  // Nothing newer than the ID token can say which groups: a new sign-in can, which most people do not notice.
  const areGroupsOld = clock.now() - row.groupsReadAt.getTime() >= TRUSTED_FOR_MS;
  return !read.areGroupsNew && areGroupsOld ? undefined : read;
}

/** At once, whatever comes next: a refresh token is often good for one time only. */
async function keepTokens(
  { orm, secrets, clock }: ClaimsPlace,
  row: SessionRow,
  tokens: Tokens,
): Promise<void> {
  const { idToken, ...columns } = await tokenColumns(tokens, secrets, clock.now());
  await orm
    .update(sessions)
    .set({ ...columns, ...(idToken !== null && { idToken }) })
    .where(eq(sessions.id, row.id));
}

/** Another replica reads: what it finds is in the row in a moment. */
async function claimsReadElsewhere(place: ClaimsPlace, { id }: SessionRow): Promise<KnownClaims | undefined> {
  for (let look = 0; look < LOOK_TIMES; look += 1) {
    const [row] = await place.orm.select().from(sessions).where(eq(sessions.id, id));
    if (!row) return undefined;
    if (place.clock.now() - row.claimsReadAt.getTime() < TRUSTED_FOR_MS) return knownClaimsOf(row);
    await systemClock.sleep(LOOK_MS);
  }
  return undefined;
}
