/** What of the address says which builds are shown. */
const ASKED = ["by", "q", "pipeline", "result", "platform", "targets", "from", "to", "after"] as const;
export type BuildsAddress = Partial<Record<(typeof ASKED)[number], string>>;

/** The question in an address: what is empty or given twice is left out. */
export function askedOf(search: Record<string, string | string[] | undefined>): BuildsAddress {
  return Object.fromEntries(
    ASKED.flatMap((name) => {
      const value = search[name];
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    }),
  );
}
