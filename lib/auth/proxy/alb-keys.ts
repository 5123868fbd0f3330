import "server-only";
import type { KeyObject } from "node:crypto";
import type { Clock } from "@/lib/core/clock";
import { readAlbKey } from "./alb-token";
import { TokenRejected } from "./token-rejected";

const PATIENCE_MS = 5_000;
const KEPT_FOR_MS = 60 * 60_000;
const MAX_BYTES = 4_096;
/** Key ids are taken from tokens that nobody has checked yet: made-up ones must not become traffic. */
const LOOKUPS_PER_MINUTE = 20;

/** Keys of a Region's load balancers by their id, fetched once an hour. */
export function openAlbKeys(folder: string, clock: Clock): (kid: string) => Promise<KeyObject> {
  const kept = new Map<string, { key: Promise<KeyObject>; until: number }>();
  let lookups: number[] = [];
  return (kid) => {
    const now = clock.now();
    const known = kept.get(kid);
    if (known && known.until > now) return known.key;
    lookups = lookups.filter((at) => at > now - 60_000);
    if (lookups.length >= LOOKUPS_PER_MINUTE) {
      return Promise.reject(new TokenRejected("its key is not known, and too many were asked for"));
    }
    lookups.push(now);
    const key = fetchKey(`${folder}/${kid}`);
    kept.set(kid, { key, until: now + KEPT_FOR_MS });
    key.catch(() => kept.delete(kid));
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
