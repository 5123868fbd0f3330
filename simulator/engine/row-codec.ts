/** JSON that keeps the two kinds of value which JSON loses: dates and bytes. */
export function encodeRow(row: unknown): string {
  return JSON.stringify(row, function (this: Record<string, unknown>, key, value) {
    const original = this[key];
    if (original instanceof Date) return { $date: original.getTime() };
    if (original instanceof Uint8Array) return { $bytes: Buffer.from(original).toString("base64") };
    return value;
  });
}

export function decodeRow(text: string): unknown {
  return JSON.parse(text, (_key, value) => {
    if (value && typeof value === "object") {
      if (typeof value.$date === "number") return new Date(value.$date);
      if (typeof value.$bytes === "string") return new Uint8Array(Buffer.from(value.$bytes, "base64"));
    }
    return value;
  });
}
