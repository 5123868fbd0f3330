import { RelativeTime } from "@/components/ui/relative-time";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import type { AlarmNow } from "@/lib/fleet/roll-outs/alarm-states";

const STATES: Record<string, { tone: BadgeTone; word: string }> = {
  OK: { tone: "ok", word: "OK" },
  ALARM: { tone: "fail", word: "In ALARM" },
  INSUFFICIENT_DATA: { tone: "mute", word: "Insufficient data" },
  "not found": { tone: "wait", word: "No such alarm" },
  "not known": { tone: "wait", word: "Not known" },
};

/** Alarms with the state that CloudWatch has them in; one that AWS added is shown as it is. */
export function AlarmList({ alarms, reason }: { alarms: AlarmNow[]; reason?: string | undefined }) {
  return (
    <>
      <ul aria-label="Alarms" className="m-0 grid list-none gap-1 p-0">
        {alarms.map(({ name, state, since }) => {
          const { tone, word } = STATES[state] ?? { tone: "mute" as const, word: state };
          return (
            <li key={name} className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5">
              <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
              <StatusBadge tone={tone}>{word}</StatusBadge>
              {since && (
                <span className="text-ink-2 text-xs">
                  since <RelativeTime at={since} />
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {reason && <p className="mt-1 mb-0 text-wait text-xs">{reason}</p>}
    </>
  );
}
