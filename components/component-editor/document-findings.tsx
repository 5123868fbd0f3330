import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { Finding, Severity } from "@/lib/component-document/types";

/** What AWS itself said about the document, for example in a dry run. It gives no places. */
export interface ServerFinding {
  message: string;
}

const looks: Record<Severity, { icon: typeof Info; colour: string }> = {
  error: { icon: CircleAlert, colour: "text-fail" },
  warning: { icon: TriangleAlert, colour: "text-wait" },
  info: { icon: Info, colour: "text-run" },
};

/** Every finding as a list: the same as the gutter, for those who do not use a pointer. */
export function DocumentFindings({
  findings,
  serverFindings,
  canFix,
  onSelect,
  onFix,
}: {
  findings: readonly Finding[];
  serverFindings: readonly ServerFinding[];
  canFix: boolean;
  onSelect: (offset: number) => void;
  onFix: (finding: Finding) => void;
}) {
  const bySeverity = (["error", "warning", "info"] as const).flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  return (
    <div className="grid gap-2 p-3">
      {serverFindings.map(({ message }) => (
        <div key={message} role="alert" className="rounded-[var(--radius-s)] bg-fail-soft p-2">
          <b className="font-semibold text-fail">AWS rejected the document</b>
          <p className="m-0 [overflow-wrap:anywhere]">{message}</p>
        </div>
      ))}
      {findings.length === 0 && (
        <p className="m-0 text-ink-2">No problems found. Validate with AWS for a full check.</p>
      )}
      <ul className="grid gap-1">
        {bySeverity.map((finding) => (
          <li
            key={`${finding.rule}-${finding.from}-${finding.to}`}
            className="grid grid-cols-[16px_1fr] gap-2 rounded-[var(--radius-s)] p-2 hover:bg-mute-soft"
          >
            <SeverityIcon severity={finding.severity} />
            <div className="min-w-0">
              <button
                type="button"
                onClick={() => onSelect(finding.from)}
                className="w-full text-left focus-visible:outline-2 focus-visible:outline-accent"
              >
                <span className="sr-only">{finding.severity}: </span>
                {finding.message}
              </button>
              <div className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[length:var(--small)] text-ink-3">
                <span>line {finding.line}</span>
                <a
                  href={finding.source}
                  target="_blank"
                  rel="noreferrer"
                  className="inline-flex min-h-6 items-center font-mono underline decoration-line-strong underline-offset-2 hover:text-ink"
                >
                  {finding.rule}
                </a>
                {canFix && finding.fix && (
                  <button
                    type="button"
                    onClick={() => onFix(finding)}
                    className="rounded-[var(--radius-s)] border border-line-strong px-2 py-0.5 text-accent hover:bg-accent-soft focus-visible:outline-2 focus-visible:outline-accent"
                  >
                    {finding.fix.title}
                  </button>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SeverityIcon({ severity }: { severity: Severity }) {
  const { icon: Icon, colour } = looks[severity];
  return <Icon aria-hidden className={`mt-0.5 size-4 ${colour}`} />;
}
