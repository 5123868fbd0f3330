import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertFolderIsWritable, dataFolderOf } from "./data-folder.mjs";

const newFolder = () => mkdtempSync(join(tmpdir(), "goldsmith-data-"));

describe("dataFolderOf", () => {
  it("is .data in the project, or where GOLDSMITH_DATA says", () => {
    expect(dataFolderOf({}, "/srv/goldsmith")).toBe("/srv/goldsmith/.data");
    expect(dataFolderOf({ GOLDSMITH_DATA: "/var/lib/goldsmith" }, "/srv/goldsmith")).toBe(
      "/var/lib/goldsmith",
    );
  });

  it("is nowhere when PostgreSQL and AWS keep everything", () => {
    expect(dataFolderOf({ DATABASE_URL: "postgres://db/goldsmith", GOLDSMITH_AWS: "aws" }, "/")).toBeNull();
  });
});

describe("assertFolderIsWritable", () => {
  it("makes the folder", () => {
    expect(() => assertFolderIsWritable(join(newFolder(), "a/b"))).not.toThrow();
  });

  it("names a folder that cannot be made", () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    expect(() => assertFolderIsWritable(join(file, "data"))).toThrow(
      `The data folder ${join(file, "data")} cannot be written to (ENOTDIR).`,
    );
  });

  it.runIf(process.platform === "linux")("gives up on a parent that refuses (needs Linux's /proc)", () => {
    expect(() => assertFolderIsWritable("/proc/goldsmith")).toThrow("cannot be written to");
  });
});
