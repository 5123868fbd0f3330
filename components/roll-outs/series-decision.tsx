import { RelativeTime } from "@/components/ui/relative-time";
import type { SeriesPart, SeriesRow } from "@/lib/fleet/series/types";
import { SeriesStepButton } from "./series-step-button";
import { nameOfPart } from "./series-words";

/** What waits for a person or a time, or why it stopped; with what is done, what is left, and the ways on. */
export function SeriesDecision({ target, series }: { target: string; series: SeriesRow }) {
  const { state, parts } = series;
  if (state.is !== "waiting" && state.is !== "stopped") return null;
  const part = parts[state.position];
  if (!part) return null;
  const name = nameOfPart(part);
  return (
    <section
      aria-label="Decision"
      className={`flex flex-wrap items-center gap-3 rounded-lg border border-line border-l-4 bg-surface px-3.5 py-3 shadow-soft ${state.is === "stopped" ? "border-l-fail" : "border-l-wait"}`}
    >
      <div className="min-w-[min(100%,320px)] flex-1">
        {state.is === "stopped" ? (
          <>
            <p className="m-0 font-semibold">Stopped at {name}. Nothing starts until somebody decides.</p>
            <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">
              {reasonOf(part)} {standText(series)}
            </p>
          </>
        ) : (
          <>
            <p className="m-0 font-semibold">
              {state.until ? `The gate before ${name} is timed.` : `Start ${name}?`}
            </p>
            <p className="m-0 text-ink-2 [overflow-wrap:anywhere]">
              {state.until ? (
                <>
                  It starts automatically <RelativeTime at={state.until} />, unless somebody decides before.{" "}
                </>
              ) : (
                <>
                  {state.because && `${state.because} `}
                  It waits for a person.{" "}
                </>
              )}
              {standText(series)}
            </p>
          </>
        )}
      </div>
      {!part.isHidden && (
        <div className="flex flex-wrap gap-2">
          <SeriesStepButton target={target} series={series} step="skip" position={state.position} />
          <SeriesStepButton target={target} series={series} step="carryOn" position={state.position} />
        </div>
      )}
    </section>
  );
}

const reasonOf = (part: SeriesPart): string => (!part.isHidden && part.reason) || "It did not succeed.";

/** "Done: web-canary. Left: web-b." */
function standText({ parts }: SeriesRow): string {
  const named = (states: SeriesPart["state"][]) =>
    parts.filter(({ state }) => states.includes(state)).map(nameOfPart);
  const done = named(["succeeded"]);
  const skipped = named(["skipped"]);
  const left = named(["queued"]);
  return [
    done.length > 0 ? `Done: ${done.join(", ")}.` : "Nothing is done yet.",
    ...(skipped.length > 0 ? [`Skipped: ${skipped.join(", ")}.`] : []),
    ...(left.length > 0 ? [`Left: ${left.join(", ")}.`] : []),
  ].join(" ");
}
