import { describe, expect, it } from "vitest";
import { askedTab, BUILD_TABS, firstTab, namesLogLine, tabsOf } from "./build-tabs";

const ENDED = ["AVAILABLE", "FAILED", "CANCELLED", "DEPRECATED", "DISABLED", "DELETED", "SOMETHING_NEW"];
const IN_FLIGHT = ["PENDING", "CREATING", "BUILDING", "TESTING", "DISTRIBUTING", "INTEGRATING"];

describe("the tabs of a build", () => {
  it("are all there once it has ended, also with a status that AWS adds", () => {
    for (const status of ENDED) expect(tabsOf(status), status).toEqual([...BUILD_TABS]);
  });

  it("open on one that the build has, whatever its status and address", () => {
    const addresses = [null, undefined, "", "nonsense", "__proto__", "users", "sharing"];
    for (const status of [...ENDED, ...IN_FLIGHT])
      for (const asked of [...addresses, ...BUILD_TABS.map(({ id }) => id)]) {
        const open = askedTab(asked, status) ?? firstTab(status);
        expect(
          tabsOf(status).map(({ id }) => id),
          `${status} ${asked}`,
        ).toContain(open);
      }
  });

  it("open on the log of a build that runs or failed, and on the summary of one that succeeded", () => {
    for (const status of [...IN_FLIGHT, "FAILED", "CANCELLED"]) expect(firstTab(status), status).toBe("log");
    for (const status of ["AVAILABLE", "DEPRECATED", "DISABLED"])
      expect(firstTab(status), status).toBe("summary");
  });

  it("keep what older addresses meant, and follow a line of the log", () => {
    expect(askedTab("users", "AVAILABLE")).toBe("summary");
    expect(askedTab("sharing", "AVAILABLE")).toBe("distribution");
    expect(["#L1", "#L12-L14"].map(namesLogLine)).toEqual([true, true]);
    expect(["", "#Line", "#step=L1"].map(namesLogLine)).toEqual([false, false, false]);
  });
});
