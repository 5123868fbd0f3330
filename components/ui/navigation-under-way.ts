import { useSyncExternalStore } from "react";

/** A page that was asked for and is not drawn yet. */
type NavigationUnderWay = { number: number; pathname: string; isReturn: boolean };

let last = 0;
let underWay: NavigationUnderWay | undefined;
let held: { pathname: string; write: () => void }[] = [];
const onChange = new Set<() => void>();
const onBegin = new Set<(number: number) => void>();

const tell = () => {
  for (const each of onChange) each();
};

/** Next calls it inside the transition that draws the page; what `watchBeginnings` sets there is drawn with the page. */
export function navigationBegins(url: string, type: string): void {
  const { pathname } = new URL(url, window.location.href);
  underWay = { number: ++last, pathname, isReturn: type === "traverse" };
  for (const each of onBegin) each(last);
  tell();
}

/** The page of this navigation is drawn. What waited for it is written, unless its page was left. */
export function navigationEnds(number: number): void {
  if (underWay && underWay.number > number) return;
  underWay = undefined;
  const waited = held;
  held = [];
  tell();
  for (const { pathname, write } of waited) if (window.location.pathname === pathname) write();
}

/** How many navigations began. */
export const countNavigations = () => last;

export function watchBeginnings(begun: (number: number) => void): () => void {
  onBegin.add(begun);
  return () => onBegin.delete(begun);
}

/**
 * Puts what was typed or chosen on a page into its address. `addressOf` is given the query as it is at the time of
 * writing. A change of the address ends a navigation under way, so it waits for that to arrive, and is dropped when the
 * page is then another.
 */
export function writeAddress(addressOf: (query: URLSearchParams) => string): void {
  const write = () =>
    window.history.replaceState(null, "", addressOf(new URLSearchParams(window.location.search)));
  if (underWay) held.push({ pathname: window.location.pathname, write });
  else write();
}

const subscribe = (listener: () => void) => {
  onChange.add(listener);
  return () => onChange.delete(listener);
};

/** The navigation under way, at once: not with the transition that draws its page. */
export const useNavigationUnderWay = () =>
  useSyncExternalStore(
    subscribe,
    () => underWay,
    () => undefined,
  );
