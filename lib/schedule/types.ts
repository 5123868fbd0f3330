/** A field of numbers. `any` is `*`: every value of the field. `step` is kept for words. */
export type NumberField = { any: boolean; values: number[]; step?: { from: number; every: number } };

/** Which days of a month run: of its dates, or of its weekdays; never both. Weekdays count from 1, Sunday. */
export type DayRule =
  | { by: "every-day" }
  | { by: "date"; dates: number[] }
  /** `L` is 0 before the last day, `L-2` is 2 before it. */
  | { by: "last-date"; daysBefore: number; nearestWeekday: boolean }
  | { by: "nearest-weekday"; date: number }
  | { by: "weekday"; weekdays: number[] }
  | { by: "nth-weekday"; weekday: number; nth: number }
  | { by: "last-weekday"; weekday: number };

export type CronSchedule = {
  kind: "cron";
  minutes: NumberField;
  hours: NumberField;
  days: DayRule;
  months: NumberField;
  years: NumberField;
};
export type RateSchedule = { kind: "rate"; value: number; unit: "minute" | "hour" | "day" };
export type Schedule = CronSchedule | RateSchedule;

/** `field` says where in the expression the mistake is; `warnings` what AWS takes against its own advice. */
export type ParsedSchedule =
  | { ok: true; schedule: Schedule; warnings: string[] }
  | { ok: false; field: string; message: string };
