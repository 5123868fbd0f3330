import { SLOWED_HEADER } from "@/lib/core/request-facts";

/** Targets whose last answer said that AWS slows them down; kept here because answers arrive here. */
const slowed = new Set<string>();
const listeners = new Set<() => void>();

/** Takes note of an answer's header. `url` is one of `apiUrls`, whose second segment is the target. */
export function noteSlowed(url: string, headers: Headers): void {
  const target = url.split("/")[2] ?? "";
  const isSlowed = headers.get(SLOWED_HEADER) === "1";
  if (slowed.has(target) === isSlowed) return;
  if (isSlowed) slowed.add(target);
  else slowed.delete(target);
  for (const listener of listeners) listener();
}

/** For `useSyncExternalStore`: pages say "Slowed by AWS" while it holds. */
export const slowedByAws = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isSlowed: (target: string): boolean => slowed.has(encodeURIComponent(target)),
};
