import { cpus } from "node:os";
import type { Answer } from "./fault-console";

/** A row of docs/faults.md. */
export type Outcome = {
  fault: string;
  how: string;
  reads: string;
  writes: string;
  ready: string;
  after: string;
  ok: boolean;
};

/** "4 answered, 2 unavailable (slowest 0.1 s)". */
export function tally(answers: Answer[]): string {
  const counts = new Map<string, number>();
  for (const { status, code } of answers) {
    const what =
      code ?? (status >= 200 && status < 400 ? "answered" : status === 0 ? "no answer" : `status ${status}`);
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  const slowest = Math.max(...answers.map(({ ms }) => ms));
  return `${[...counts].map(([what, count]) => `${count} ${what}`).join(", ")} (slowest ${(slowest / 1000).toFixed(1)} s)`;
}

/** What `/api/ready` says is wrong. */
export function reasonOf(json: unknown): string {
  const { checks = [] } = (json ?? {}) as { checks?: { name: string; ok: boolean; reason?: string }[] };
  const wrong = checks.filter(({ ok }) => !ok).map(({ name, reason }) => `${name}: ${reason}`);
  return wrong.length > 0 ? `, ${wrong.join("; ")}` : "";
}

/** The table of faults as Markdown. */
export function renderOutcomes(outcomes: Outcome[]): string {
  const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rows = outcomes.map(({ fault, how, reads, writes, ready, after, ok }) =>
    row([`${ok ? "" : "**NOT AS IT SHOULD BE** "}${fault}`, how, reads, writes, ready, after]),
  );
  return [
    "# Faults and what comes of them",
    "",
    `Written by \`npm run faults\` on ${cpus().length} cores, shared with other work. A console with PostgreSQL is at work: pages and data are read, builds are started through its server actions, a growing log is followed. Each fault is injected meanwhile and ended after some rounds; then everything must go on by itself.`,
    "",
    row(["Fault", "Injected", "Reads meanwhile", "Writes meanwhile", "`/api/ready`", "Afterwards"]),
    row(["---", "---", "---", "---", "---", "---"]),
    ...rows,
    "",
    '"Unavailable", "access-denied" and the like are answers with a reason in words that the page shows beside what it has; "slowed-by-aws" is tried again. A write that was not done leaves no build and no row that says so.',
    "",
  ].join("\n");
}
