"use client";
import { Button } from "@/components/ui/button";
import { useTimeZoneChoice } from "@/components/ui/time-zone";
import type { TimeZoneChoice } from "@/components/ui/time-zone-choice";

const NEXT: Record<TimeZoneChoice, TimeZoneChoice> = { mine: "utc", utc: "team", team: "mine" };
const WORDS: Record<TimeZoneChoice, string> = { mine: "local", utc: "UTC", team: "team" };

/** The reader's own time zone, UTC, or the team's. */
export function TimeZoneSwitch() {
  const { choice, zone, team, choose } = useTimeZoneChoice();
  // A team in UTC has no zone of its own to choose.
  const next = NEXT[choice] === "team" && team === "UTC" ? "mine" : NEXT[choice];
  return (
    <Button variant="quiet" onClick={() => choose(next)} layout="justify-start px-2.5" title={zone}>
      Time zone: {WORDS[choice]}
    </Button>
  );
}
