import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnoseFailure } from "./diagnose-failure";
import { parseTeamRules, readTeamRules } from "./team-rules";

const exampleOf = async () =>
  /```yaml\n(.*?)```/s.exec(await readFile("docs/diagnosis-rules.md", "utf8"))?.[1] ?? "";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "goldsmith-rules-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a team's rules", () => {
  it("are read as docs/diagnosis-rules.md writes them, and explain what they are about", async () => {
    const { rules, mistake } = parseTeamRules(await exampleOf());
    expect([rules.map(({ id }) => id), mistake]).toEqual([["T1", "T2"], undefined]);
    const ruleOf = async (text: string, exitCode?: number) => {
      const evidence = [{ place: "log" as const, text }];
      return (await diagnoseFailure({ failed: { exitCode }, evidence, teamRules: rules })).rule?.id;
    };
    expect(await ruleOf("curl: mirror.corp.example: Connection timed out")).toBe("T1");
    expect(await ruleOf("corp-harden: 3 findings above the limit", 42)).toBe("T2");
    expect(await ruleOf("corp-harden: 3 findings above the limit", 1)).toBe("T2");
    expect(await ruleOf("3 findings", 42)).toBeUndefined();
  });

  it.each([
    ["- id: T1", "0.title"],
    [
      "- {id: a, title: b, pattern: '(', cause: c, fix: d, next: retry, confidence: likely, source: e}",
      "no regular",
    ],
    [
      "- {id: a, title: b, pattern: p, cause: c, fix: d, next: pray, confidence: likely, source: e}",
      "0.next",
    ],
    ["rules: []", "expected array"],
  ])("say what is wrong with %s", (text, said) => {
    const { rules, mistake } = parseTeamRules(text);
    expect(rules).toEqual([]);
    expect(mistake).toContain(said);
  });

  it("are read again when their file has changed, and a file that is not there is named", async () => {
    const path = join(folder, "rules.yaml");
    await writeFile(path, "[]");
    expect((await readTeamRules(path)).rules).toEqual([]);
    await writeFile(path, await exampleOf());
    await utimes(path, new Date(), new Date(Date.now() + 60_000));
    expect((await readTeamRules(path)).rules).toHaveLength(2);
    expect((await readTeamRules(join(folder, "none.yaml"))).mistake).toContain("none.yaml");
    expect(await readTeamRules(undefined)).toEqual({ rules: [] });
  });
});
