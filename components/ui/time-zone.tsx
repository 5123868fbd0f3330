"use client";
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import {
  type KeptTimeZone,
  shownTimeZone,
  TIME_ZONE_COOKIE,
  type TimeZoneChoice,
  writeTimeZone,
} from "./time-zone-choice";

type Shown = { zone: string; team: string; choice: TimeZoneChoice; choose: (choice: TimeZoneChoice) => void };

const ShownZone = createContext<Shown>({
  zone: "UTC",
  team: "UTC",
  choice: "utc",
  choose: () => undefined,
});
const A_YEAR_S = 31_536_000;
const never = () => () => undefined;
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** In which zone the times of all pages are shown; kept in a cookie, so that the server draws the same. */
export function TimeZoneProvider({
  kept,
  team,
  children,
}: {
  kept: KeptTimeZone;
  /** IANA name of the console's zone. */
  team: string;
  children: ReactNode;
}) {
  const [choice, choose] = useState(kept.choice);
  const own = useSyncExternalStore(never, ownZone, () => undefined);
  useEffect(() => {
    if (own === undefined) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser we serve
    document.cookie = `${TIME_ZONE_COOKIE}=${writeTimeZone({ choice, mine: own })}; path=/; max-age=${A_YEAR_S}; samesite=lax`;
  }, [choice, own]);
  const zone = shownTimeZone({ ...kept, choice }, team, own);
  return <ShownZone value={{ zone, team, choice, choose }}>{children}</ShownZone>;
}

/** IANA name of the zone that times are shown in. */
export const useTimeZone = (): string => use(ShownZone).zone;

/** The choice itself, for those who change it. */
export const useTimeZoneChoice = (): Shown => use(ShownZone);
