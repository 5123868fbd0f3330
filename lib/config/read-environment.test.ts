import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ConfigError } from "./config";
import { readEnvironment } from "./read-environment";

const folder = mkdtempSync(join(tmpdir(), "goldsmith-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const mistakesOf = (environment: Record<string, string>) => {
  try {
    readEnvironment(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
};

describe("readEnvironment", () => {
  it("takes secrets from files, without the line break at their end, and everything else as it is", () => {
    const GOLDSMITH_SECRET_FILE = fileOf("secret", "two\nlines\n");
    expect(readEnvironment({ PORT: "3000", GOLDSMITH_SECRET_FILE })).toMatchObject({
      PORT: "3000",
      GOLDSMITH_SECRET: "two\nlines",
    });
    expect(readEnvironment({ DATABASE_URL: "postgres://a" }).DATABASE_URL).toBe("postgres://a");
  });

  it("names every file that is missing or empty, and a secret given twice, but no secret", () => {
    const mistakes = mistakesOf({
      DATABASE_URL_FILE: join(folder, "nowhere"),
      GOLDSMITH_SECRET_FILE: fileOf("empty", "\n"),
      GOLDSMITH_OIDC_CLIENT_SECRET: "hush",
      GOLDSMITH_OIDC_CLIENT_SECRET_FILE: fileOf("twice", "hush"),
    });
    expect(mistakes).toEqual([
      `DATABASE_URL_FILE: ${join(folder, "nowhere")} cannot be read (ENOENT)`,
      "GOLDSMITH_OIDC_CLIENT_SECRET and GOLDSMITH_OIDC_CLIENT_SECRET_FILE exclude each other",
      `GOLDSMITH_SECRET_FILE: ${join(folder, "empty")} is empty`,
    ]);
  });
});
