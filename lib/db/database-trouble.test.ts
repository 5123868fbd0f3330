import { describe, expect, it } from "vitest";
import { databaseTroubleOf } from "./database-trouble";

/** A failed query as Drizzle throws it, with the driver's own error within. */
const failedQuery = (code: string, message = "") =>
  Object.assign(new Error("Failed query"), {
    query: "select $1",
    params: ["1"],
    cause: Object.assign(new Error(message), { code }),
  });

describe("databaseTroubleOf", () => {
  it.each(["ECONNREFUSED", "57P01", "53300"])("says that the database is away: %s", (code) => {
    expect(databaseTroubleOf(failedQuery(code))?.detail).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("isn't responding"),
    });
  });

  it("says when there is no room", () => {
    expect(databaseTroubleOf(failedQuery("53100"))?.detail.message).toContain("disk is full");
  });

  it.each(["22P02", "23505", "42P01"])("leaves a query that is wrong to be a fault of ours: %s", (code) => {
    expect(databaseTroubleOf(failedQuery(code))).toBeUndefined();
  });

  it("takes no other error for its own", () => {
    expect(databaseTroubleOf(new Error("something else"))).toBeUndefined();
  });
});
