import Link from "next/link";
import { Card } from "@/components/ui/card";
import type { LogExcerpt } from "@/lib/build-log/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";

/** Why the build failed and the lines that show it, beside the document that is to be mended. */
export function RepairLog({
  target,
  build,
  excerpt,
  failingLine,
  why,
}: {
  target: string;
  build: ImageBuildKey;
  excerpt: LogExcerpt["lines"];
  failingLine: number | undefined;
  why: { title: string; text: string } | undefined;
}) {
  return (
    <>
      {why && (
        <section
          aria-label="Diagnosis"
          className="rounded-lg border border-line border-l-3 border-l-fail bg-surface px-3.5 py-3 shadow-soft"
        >
          <p className="m-0 font-semibold">{why.title}.</p>
          {why.text && <p className="m-0 mt-1 text-ink-2 [overflow-wrap:anywhere]">{why.text}</p>}
        </section>
      )}
      <Card
        title="Log"
        note={`${build.version}/${build.build}`}
        action={
          failingLine !== undefined && (
            <Link href={urls.buildLogLine(target, build, failingLine)} prefetch={false}>
              Open at line {failingLine.toLocaleString("en")}
            </Link>
          )
        }
        flush
      >
        {excerpt.length === 0 ? (
          <p className="m-0 px-3.5 py-3 text-ink-2">No log line shows this failure.</p>
        ) : (
          <ol className="m-0 list-none bg-sunken p-0 py-1.5 font-mono text-xs">
            {excerpt.map(({ number, text }) => (
              <li
                key={number}
                aria-current={number === failingLine ? "true" : undefined}
                className="grid grid-cols-[44px_minmax(0,1fr)] gap-x-2 border-transparent border-l-3 py-px pr-2 aria-[current]:border-l-fail aria-[current]:bg-fail-soft"
              >
                <span className="text-right text-ink-2 tabular-nums">{number}</span>
                <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</span>
              </li>
            ))}
          </ol>
        )}
      </Card>
    </>
  );
}
