import { describe, expect, it } from "vitest";
import { runBash } from "./bash-run";
import type { Machine } from "./machine";
import { runPowerShell } from "./powershell-run";

const machine = (platform: Machine["platform"]): Machine => ({
  platform,
  osVersion: platform === "Linux" ? "Ubuntu 24.04" : platform,
  region: "eu-west-1",
  accountId: "111111111111",
  instanceId: "i-1",
  imageId: "ami-1",
  epochMs: Date.UTC(2026, 0, 21),
  files: new Map(),
  key: "test",
  restarts: 0,
});
const bash = (script: string) => runBash(script, machine("Linux"), 0);
const powershell = (script: string) => runPowerShell(script, machine("Windows"));
const printed = ({ stdout }: ReturnType<typeof bash>) => stdout.map(({ line }) => line).join("|");

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the texts are shell scripts, in which ${ } is theirs
describe("the bash model", () => {
  it.each([
    ['A=1; echo "$A ${B:-two} $((A + 2))"', "1 two 3"],
    ["for x in a {1..3}; do printf '%s,' $x; done", "a,1,2,3,"],
    ["case $(uname -m) in x86_64) echo intel;; *) echo other;; esac", "intel"],
    ['f() { local n=$1; echo "<$n>"; return 2; }\nf hi || echo rc=$?', "<hi>|rc=0"],
    ["cat <<EOF | grep -c o\none\ntwo\nsix\nEOF", "2"],
    [". /etc/os-release; echo ${ID}-${VERSION_ID%.*}", "ubuntu-24"],
    ["echo text > /tmp/f; echo more >> /tmp/f; cat /tmp/f | tail -n 1", "more"],
    ["x=$(echo a.tar.gz); echo ${x%%.*} ${x##*.} ${x/tar/zip}", "a gz a.zip.gz"],
    ["[[ abc == a* && ! -f /tmp/none ]] && echo yes", "yes"],
    ["i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i", "3"],
    ["curl -s http://169.254.169.254/latest/meta-data/placement/region", "eu-west-1"],
    ["echo 'one two' | awk '{print $2}' | tr a-z A-Z", "TWO"],
  ])("runs %s", (script, output) => {
    expect(printed(bash(script))).toBe(output);
  });

  it.each([
    ["exit 7", 7, ""],
    ["false", 1, ""],
    ["set -e\nfalse\necho never", 1, ""],
    ["set -e\nfalse || true\nexit 0", 0, ""],
    ["set -o pipefail; false | true", 1, ""],
    ["no-such-tool --version", 127, "bash: line 1: no-such-tool: command not found\n"],
    ["./missing.sh", 127, "bash: line 1: ./missing.sh: No such file or directory\n"],
    ["curl -fsS https://repo.invalid/x", 6, "curl: (6) Could not resolve host: repo.invalid\n"],
    ["curl -fsSL https://example.com/404", 22, "curl: (22) The requested URL returned error: 404\n"],
    ["yum install -y htpd", 1, "Error: Unable to find a match: htpd\n"],
    ["apt-get install -y no-such-package", 100, "E: Unable to locate package no-such-package\n"],
    ["cat /tmp/missing", 1, "cat: /tmp/missing: No such file or directory\n"],
    ["fallocate -l 100G /swap", 1, "fallocate: write error: No space left on device\n"],
    ["if true; then", 2, "bash: line 1: syntax error: unexpected end of file\n"],
  ])("ends %s with %i", (script, code, stderr) => {
    const result = bash(script);
    expect([result.exitCode, result.stderr]).toEqual([code, stderr]);
  });

  it("does not take a branch that fails on its face on a guess", () => {
    expect(bash("if ! rpm -q httpd | grep 2.4; then echo missing; exit 1; fi\necho fine").exitCode).toBe(0);
    expect(
      bash('V=$(tool --version)\n[ "$V" = "1.2" ] || exit 1\n[ -z "$V" ] && exit 2\nexit 0').exitCode,
    ).toBe(0);
  });

  it("spends the time that sleep asks for", () => {
    const { stdout, durationMs } = bash("echo a; sleep 2m; echo b");
    expect((stdout[1]?.atMs ?? 0) - (stdout[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(120_000);
    expect(durationMs).toBeLessThan(121_000);
  });

  it("ends a script that would never end", () => {
    expect(bash("while true; do :; done").exitCode).toBe(0);
  });

  it("ends a script that calls itself or grows without end", () => {
    for (const script of [
      "f() { f; }; f",
      "x=a; while true; do x=$x$x; done",
      "while true; do (while true; do seq 9999; done); done",
    ]) {
      expect(bash(script).output.length).toBeLessThan(2_000_000);
    }
  });

  it("survives any text", () => {
    for (const script of [
      "",
      "(".repeat(60_000),
      "$(".repeat(9000),
      ")))",
      "<<<",
      "${",
      "$((",
      "case",
      "\u0000",
      "a=(b c",
      "if [[",
      "'",
      "f() {",
    ]) {
      expect(() => bash(script)).not.toThrow();
    }
  });
});

describe("the PowerShell model", () => {
  it.each([
    ["$a = 'x'; Write-Host \"$a $($a)y ${a}\"", "x xy x"],
    ["foreach ($n in @('a','b')) { Write-Output \"n=$n\" }", "n=a|n=b"],
    ["for ($i=0; $i -lt 3; $i++) { $i }", "0|1|2"],
    [
      "$p = Join-Path 'C:\\x' 'y'\nNew-Item -Path $p -ItemType File | Out-Null\nif (Test-Path $p) { 'there' }",
      "there",
    ],
    ["try { throw 'bad' } catch { Write-Host \"caught $_\" } finally { 'end' }", "caught bad|end"],
    ["'a' | Out-File C:\\f.txt\nGet-Content C:\\f.txt", "a"],
    ["if (1 -gt 2) { 'a' } elseif ('x' -like 'x*') { 'b' } else { 'c' }", "b"],
  ])("runs %s", (script, output) => {
    const text = printed(powershell(script));
    expect(text).toBe(output);
  });

  it.each([
    ["exit 5", 5],
    ["[System.Environment]::Exit(3010)", 3010],
    ["throw 'stop'", 1],
    ["Get-ChildItem C:\\missing-folder", 1],
    ["Get-ChildItem C:\\missing-folder\nWrite-Host ok", 0],
    ["$ErrorActionPreference = 'Stop'\nWrite-Error 'no'\nWrite-Host never", 1],
    ["No-Such-Command", 1],
    ["Invoke-WebRequest https://x.invalid/a -OutFile C:\\a -ErrorAction Stop", 1],
    ["choco install -y git", 0],
    ["choco install -y no-such-package", 1],
  ])("ends %s with %i", (script, code) => {
    expect(powershell(script).exitCode).toBe(code);
  });

  it("survives any text", () => {
    for (const script of [
      "",
      "function f { f }\nf",
      "if (".repeat(9000),
      "{".repeat(30_000),
      "$x = 'a'; while ($true) { $x = $x + $x }",
      "}",
      "if (",
      "try {",
      '"',
      "@'",
      "foreach ($x in",
      "$",
      "|",
      "function",
    ]) {
      expect(() => powershell(script)).not.toThrow();
    }
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
