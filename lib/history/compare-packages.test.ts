import { expect, it } from "vitest";
import { comparePackages } from "./compare-packages";

it("says what came, what went and what moved, and nothing of what stayed", () => {
  const before = new Map([
    ["openssl", "3.0.8-1"],
    ["telnet", "0.17-1"],
    ["bash", "5.2-1"],
  ]);
  const after = new Map([
    ["bash", "5.2-1"],
    ["aide", "0.18-1"],
    ["openssl", "3.0.8-2"],
  ]);
  expect(comparePackages(before, after)).toEqual([
    { name: "aide", before: undefined, after: "0.18-1" },
    { name: "openssl", before: "3.0.8-1", after: "3.0.8-2" },
    { name: "telnet", before: "0.17-1", after: undefined },
  ]);
});
