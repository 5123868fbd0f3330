import "server-only";
import { csvLine } from "@/lib/core/csv";
import { MINUTE_MS } from "@/lib/core/time";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { readFleet } from "./get-fleet";
import type { FleetRow } from "./types";

/** A file does not read itself again, as a page does. */
const OLDEST_IN_FILE_MS = MINUTE_MS;

const COLUMNS: [string, (row: FleetRow) => string | number | undefined][] = [
  ["name", ({ name }) => name],
  ["kind", ({ kind }) => kind],
  ["region", ({ region }) => region],
  ["instances", ({ size }) => size],
  ["follows", ({ follows }) => follows],
  ["wouldStart", ({ starts }) => starts.map(({ amiId }) => amiId).join(" ")],
  ["image", ({ starts }) => starts.flatMap(({ build }) => (build ? imageOf(build) : [])).join(" ")],
  ["behind", ({ behind }) => behind.state],
  ["buildsBehind", ({ behind }) => (behind.state === "behind" ? behind.builds : undefined)],
  ["daysBehind", ({ behind }) => (behind.state === "behind" ? behind.days : undefined)],
  ["mixed", ({ mixed }) => mixed.state],
  ["instancesDiffering", ({ mixed }) => (mixed.state === "mixed" ? mixed.differing : undefined)],
  ["running", ({ running }) => running.map(({ count, amiId = "unknown" }) => `${count} ${amiId}`).join("; ")],
  ["reason", ({ behind, mixed }) => reasonOf(behind) ?? reasonOf(mixed)],
  ["fewerCritical", ({ fewer }) => fewer?.critical],
  ["fewerHigh", ({ fewer }) => fewer?.high],
  ["owner", ({ owner }) => owner],
];

const imageOf = ({ name, version, build }: { name: string; version: string; build: string }) =>
  `${name}/${version}/${build}`;
const reasonOf = (verdict: FleetRow["behind"] | FleetRow["mixed"]) =>
  verdict.state === "unknown" ? verdict.reason : undefined;

/** A line for what is not in the file, with the reason in its column: a file that is cut must not look whole. */
const missingLine = (reason: string) =>
  csvLine(COLUMNS.map(([name]) => (name === "kind" ? "not known" : name === "reason" ? reason : undefined)));

/** The whole fleet as CSV: a line for each part that could not be read, then a line a row. */
export const exportFleet = useCase(
  "export-fleet",
  noInput,
  async ({ ctx }): Promise<AsyncGenerator<string>> => {
    const { rows, doubts } = await readFleet(ctx, OLDEST_IN_FILE_MS);
    return (async function* () {
      yield csvLine(COLUMNS.map(([name]) => name));
      for (const doubt of doubts) yield missingLine(doubt);
      for (const row of rows) yield csvLine(COLUMNS.map(([, read]) => read(row)));
    })();
  },
);
