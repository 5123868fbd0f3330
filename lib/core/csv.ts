/** One cell, quoted as RFC 4180 says; what a spreadsheet would take for a formula gets a quote in front of it. */
export function csvCell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `"${(/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** One line of a CSV file. */
export const csvLine = (values: unknown[]): string => `${values.map(csvCell).join(",")}\r\n`;
