import { describe, expect, it } from "vitest";
import { csvCell, csvLine } from "./csv";

describe("a CSV file", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://evil.test")'])(
    "refuses to be a formula: %j",
    (text) => {
      expect(csvCell(text)).toBe(`"'${text.replaceAll('"', '""')}"`);
    },
  );

  it("keeps quotes, commas and line breaks within their cell, and numbers as numbers", () => {
    expect(csvLine(['a "b", c', "d\ne", -5, null, undefined, { k: "=1" }])).toBe(
      '"a ""b"", c","d\ne",-5,,,"{""k"":""=1""}"\r\n',
    );
  });
});
