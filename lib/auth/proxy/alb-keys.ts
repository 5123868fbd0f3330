import "server-only";
import type { KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Clock } from "@/lib/core/clock";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { readAlbKey } from "./alb-token";
import { TokenRejected } from "./token-rejected";

const PATIENCE_MS = 5_000;
const MAX_BYTES = 4_096;
/**
 * Key ids are taken from tokens that nobody has checked yet: made-up ones must not become traffic, nor keep out those who
 * come with a good one. So each address has a small number of its own, and a key that was good once needs none.
 */
const LOOKUPS_PER_MINUTE = 5;
const LOOKUPS_OF_ALL = 200;
const MAX_ADDRESSES = 10_000;
const MAX_KEYS = 500;

/** Keys of a Region's load balancers by their id, fetched once an hour; `address` is where the token came from. */
export function openAlbKeys(
  folder: string,
  clock: Clock,
): (kid: string, address: string) => Promise<KeyObject> {
  const kept = new LRUCache<string, { key: Promise<KeyObject>; until: number }>({ max: MAX_KEYS });
  const good = new LRUCache<string, true>({ max: MAX_KEYS });
  const lookups = new LRUCache<string, number[]>({ max: MAX_ADDRESSES });
  const mayLookUp = (who: string, most: number, now: number): boolean => {
    const recent = (lookups.get(who) ?? []).filter((at) => at > now - MINUTE_MS);
    if (recent.length >= most) return false;
    lookups.set(who, [...recent, now]);
    return true;
  };
  return (kid, address) => {
    const now = clock.now();
    const known = kept.get(kid);
    if (known && known.until > now) return known.key;
    const isAllowed =
      good.has(kid) ||
      (mayLookUp(`from ${address}`, LOOKUPS_PER_MINUTE, now) && mayLookUp("all", LOOKUPS_OF_ALL, now));
    if (!isAllowed)
      return Promise.reject(new TokenRejected("its key is not known, and too many were asked for"));
    const key = fetchKey(`${folder}/${kid}`);
    kept.set(kid, { key, until: now + HOUR_MS });
    key.then(
      () => good.set(kid, true),
      () => kept.delete(kid),
    );
    return key;
  };
}

async function fetchKey(url: string): Promise<KeyObject> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.status === 404 || response.status === 403) throw new TokenRejected("its key does not exist");
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const pem = await response.text();
  if (pem.length > MAX_BYTES) throw new Error(`${url} answered with ${pem.length} characters`);
  return readAlbKey(pem);
}
