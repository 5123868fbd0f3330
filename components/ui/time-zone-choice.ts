import { isTimeZone } from "@/lib/core/zoned-time";

/** In which zone times are shown: the reader's own, UTC, or the team's, which the console is set to. */
const TIME_ZONE_CHOICES = ["mine", "utc", "team"] as const;
export type TimeZoneChoice = (typeof TIME_ZONE_CHOICES)[number];
export type KeptTimeZone = {
  choice: TimeZoneChoice;
  /** IANA name of the reader's zone, as the browser said it last: the server draws the same times with it. */
  mine?: string;
};

export const TIME_ZONE_COOKIE = "time-zone";
const MINE = "mine:";

/** What the cookie says; the reader's own zone for none, and for one that was not written here. */
export function readTimeZone(cookie: string | undefined): KeptTimeZone {
  if (cookie === "utc" || cookie === "team") return { choice: cookie };
  const mine = cookie?.startsWith(MINE) ? decoded(cookie.slice(MINE.length)) : undefined;
  return { choice: "mine", ...(mine && isTimeZone(mine) && { mine }) };
}

/** The same as a cookie's value. */
export const writeTimeZone = ({ choice, mine = "" }: KeptTimeZone): string =>
  choice === "mine" ? `${MINE}${encodeURIComponent(mine)}` : choice;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The zone that times are shown in. `own`: what the browser says its zone is, unknown to the server. */
export function shownTimeZone({ choice, mine }: KeptTimeZone, team: string, own: string | undefined): string {
  if (choice === "utc") return "UTC";
  return choice === "team" ? team : (own ?? mine ?? "UTC");
}
