import type { ChartBrush } from "@/components/charts/use-chart-cursor";
import { writeAddress } from "@/components/ui/navigation-under-way";
import { DAY_MS } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";

/** Puts a range of a chart's entries into the address. `period`: what an entry is. */
export const zoomInto =
  (target: string, days: string[], period: "day" | "week" = "day") =>
  ({ from, to }: ChartBrush) =>
    writeAddress((query) =>
      urls.history(target, {
        ...Object.fromEntries(query),
        after: undefined,
        from: days[from],
        to: period === "week" ? weekEnd(days[to] ?? "") : days[to],
      }),
    );

/** The Sunday of the week that begins on a Monday. */
export const weekEnd = (monday: string): string =>
  new Date(Date.parse(monday) + 6 * DAY_MS).toISOString().slice(0, 10);
