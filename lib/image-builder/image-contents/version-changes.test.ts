import { describe, expect, it } from "vitest";
import { versionChanges } from "./version-changes";

const list = (...entries: string[]) =>
  entries.map((entry) => {
    const [name = "", version = ""] = entry.split(" ");
    return { name, version };
  });

describe("versionChanges", () => {
  it("tells what came, what went and what changed, by name", () => {
    const { changes, same } = versionChanges(
      list("bash 5", "curl 8.1", "jq 1"),
      list("bash 5", "curl 8.2", "vim 9"),
    );
    expect(changes).toEqual([
      { name: "curl", before: "8.1", after: "8.2" },
      { name: "jq", before: "1", after: undefined },
      { name: "vim", before: undefined, after: "9" },
    ]);
    expect(same).toBe(1);
  });

  it("keeps a name that is there in several versions apart", () => {
    const { changes, same } = versionChanges(
      list("kernel 6.1", "kernel 6.2"),
      list("kernel 6.2", "kernel 6.3"),
    );
    expect(changes).toEqual([{ name: "kernel", before: "6.1", after: "6.3" }]);
    expect(same).toBe(1);
  });
});
