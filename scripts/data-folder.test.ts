import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assertFolderIsWritable, claimFolder, dataFolderOf } from "./data-folder.mjs";

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

describe("claimFolder", () => {
  const address = { host: "127.0.0.1", port: 1, url: "http://127.0.0.1:1" };

  it("refuses a folder while another console serves from it", async () => {
    const server = createServer();
    const port = await new Promise<number>((settle) => {
      server.listen(0, "127.0.0.1", () => {
        const bound = server.address();
        settle(typeof bound === "object" && bound ? bound.port : 0);
      });
    });
    const folder = newFolder();
    await claimFolder(folder, { ...address, port, url: `http://127.0.0.1:${port}` });
    await expect(claimFolder(folder, address)).rejects.toThrow(
      `in use by the console at http://127.0.0.1:${port}.`,
    );
    await new Promise((settle) => server.close(settle));
    await expect(claimFolder(folder, address)).resolves.toBeUndefined();
  });

  it("takes over from a console that was killed, and from a claim cut short", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "console.json"), JSON.stringify({ ...address, pid: 2 ** 30 }));
    await expect(claimFolder(folder, address)).resolves.toBeUndefined();
    writeFileSync(join(folder, "console.json"), '{"pid":');
    await expect(claimFolder(folder, address)).resolves.toBeUndefined();
  });
});
