import { cutText } from "@/lib/core/canonical-text";
import { placeOf } from "./chart-scale";
import type { ChartMark } from "./chart-types";

/** So much of the width has a mark to itself when its words stand beside it. */
const ROOM = 0.16;
const MOST_LETTERS = 18;

/** What happened when, above the plot: a letter in a circle, with words where there is room. */
export function ChartMarks({ marks, count }: { marks: ChartMark[]; count: number }) {
  return (
    <svg className="h-6 w-full overflow-visible" aria-hidden="true">
      {marks.map(({ index, letter, label, isLoud }, order) => {
        const x = `${placeOf(index, count) * 100}%`;
        const next = marks[order + 1];
        const room = placeOf(next?.index ?? count, count) - placeOf(index, count);
        return (
          <g key={index} className={isLoud ? "text-wait" : "text-ink-2"}>
            <circle
              cx={x}
              cy={12}
              r={8}
              className={`stroke-current ${isLoud ? "fill-wait-soft" : "fill-surface"}`}
            />
            <text x={x} y={16} textAnchor="middle" className="fill-current font-[550] text-[10px]">
              {letter}
            </text>
            {room >= ROOM && (
              <text
                x={x}
                y={16}
                dx={13}
                className={`fill-current text-[11px] max-sm:hidden ${isLoud ? "font-[550]" : ""}`}
              >
                {cutText(label, MOST_LETTERS)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
