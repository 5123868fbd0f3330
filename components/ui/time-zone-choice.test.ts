import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTimeZone, shownTimeZone, writeTimeZone } from "./time-zone-choice";

describe("the time zone that somebody chose", () => {
  it.each([
    [undefined, { choice: "mine" }],
    ["utc", { choice: "utc" }],
    ["team", { choice: "team" }],
    ["mine:Europe%2FBerlin", { choice: "mine", mine: "Europe/Berlin" }],
    ["mine:Europe/Berlin", { choice: "mine", mine: "Europe/Berlin" }],
    ["mine:", { choice: "mine" }],
    ["mine:Mars/Olympus", { choice: "mine" }],
    ["mine:%E0%A4%A", { choice: "mine" }],
    ["Europe/Berlin", { choice: "mine" }],
  ])("is read from the cookie %s", (cookie, kept) => {
    expect(readTimeZone(cookie)).toEqual(kept);
  });

  it("comes back as it was written, and is never what no machine knows", () => {
    const zones = ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kathmandu"];
    for (const mine of zones) {
      expect(readTimeZone(writeTimeZone({ choice: "mine", mine }))).toEqual({ choice: "mine", mine });
    }
    fc.assert(
      fc.property(fc.string(), (cookie) => {
        const zone = shownTimeZone(readTimeZone(cookie), "UTC", undefined);
        expect(() => new Intl.DateTimeFormat("en", { timeZone: zone })).not.toThrow();
      }),
    );
  });

  it("is the browser's own before what it said last, and the team's or UTC where that was chosen", () => {
    const kept = { choice: "mine", mine: "Europe/Berlin" } as const;
    expect(shownTimeZone(kept, "Asia/Tokyo", undefined)).toBe("Europe/Berlin");
    expect(shownTimeZone(kept, "Asia/Tokyo", "America/New_York")).toBe("America/New_York");
    expect(shownTimeZone({ choice: "mine" }, "Asia/Tokyo", undefined)).toBe("UTC");
    expect(shownTimeZone({ choice: "team" }, "Asia/Tokyo", "America/New_York")).toBe("Asia/Tokyo");
    expect(shownTimeZone({ choice: "utc" }, "Asia/Tokyo", "America/New_York")).toBe("UTC");
  });
});
