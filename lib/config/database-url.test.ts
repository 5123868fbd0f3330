import { describe, expect, it } from "vitest";
import { mistakeInDatabaseUrl } from "./database-url";

describe("mistakeInDatabaseUrl", () => {
  it.each([
    "postgres://goldsmith@127.0.0.1:5432/goldsmith",
    "postgres://goldsmith@localhost/goldsmith",
    "postgresql://goldsmith@[::1]:5432/goldsmith",
    "postgres://goldsmith:secret@database:5432/goldsmith",
    "postgres://goldsmith@/goldsmith?host=/var/run/postgresql",
    "postgres://goldsmith:a%40b@db.example.com/goldsmith?sslmode=verify-full",
    "postgres://goldsmith@db.example.com/goldsmith?sslmode=disable",
    `postgres://goldsmith@db.example.com/goldsmith?sslmode=verify-full&sslrootcert=${import.meta.filename}`,
  ])("finds none in %s", (url) => {
    expect(mistakeInDatabaseUrl(url)).toBeUndefined();
  });

  it.each([
    ["postgres://goldsmith:secret@db.example.com/goldsmith", "no sslmode"],
    ["postgres://goldsmith:secret@db.example.com:5432/goldsmith?application_name=x", "no sslmode"],
    ["postgres://goldsmith@10.0.0.7/goldsmith", "no sslmode"],
    ["postgres://goldsmith@[fd00::7]:5432/goldsmith", "no sslmode"],
    ["postgres://goldsmith@localhost/goldsmith?host=db.example.com", "no sslmode"],
    ["postgres://goldsmith@db.example.com/goldsmith?sslmode=verify_full", "must be one of"],
    ["postgres://goldsmith@db.example.com/goldsmith?sslmode=verify-full&sslrootcert=/nowhere", "sslrootcert"],
  ])("says what is wrong with %s, without its password", (url, reason) => {
    const mistake = mistakeInDatabaseUrl(url);
    expect(mistake).toContain(reason);
    expect(mistake).not.toContain("secret");
  });
});
