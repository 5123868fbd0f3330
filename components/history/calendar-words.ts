/** "Sat 21 Nov": a day of the calendar belongs to no zone any more. */
export const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(new Date(day));
