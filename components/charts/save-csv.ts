import { csvLine } from "@/lib/core/csv";

/** Hands the lines over as a file of that name, without its ending. Several values of a cell stand in one line. */
export function saveCsv(file: string, lines: (string | number | string[] | undefined)[][]): void {
  const inOneLine = (value: (typeof lines)[number][number]) =>
    Array.isArray(value) ? value.join(", ") : value;
  const text = lines.map((line) => csvLine(line.map(inOneLine))).join("");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  link.download = `${file}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}
