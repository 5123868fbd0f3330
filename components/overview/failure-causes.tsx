"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { RankedBars } from "@/components/charts/ranked-bars";
import { Card } from "@/components/ui/card";
import { urls } from "@/lib/core/urls";
import { historyQuery } from "@/lib/queries/history";

const SHOWN = 5;

/** What builds failed of lately, most frequent first; nothing while the history knows of no failure. */
export function FailureCauses({ target, days }: { target: string; days: number }) {
  const question = { days: String(days) };
  const { data } = useQuery(historyQuery(target, "failures", question));
  const causes = data?.rules.filter(({ count }) => count > 0) ?? [];
  if (!data || causes.length === 0) return null;
  return (
    <Card
      title="Why builds fail"
      note={`${days} days, ${data.failed} ${data.failed === 1 ? "failure" : "failures"}`}
      action={
        <Link
          href={urls.history(target, { ...question, show: "failures" })}
          prefetch={false}
          className="min-h-6 text-accent no-underline hover:underline"
        >
          Open in History
        </Link>
      }
    >
      <RankedBars
        tone="fail"
        bars={causes.slice(0, SHOWN).map((cause) => ({
          ...cause,
          title: cause.key === "unknown" ? "Unknown cause" : cause.title,
          href: urls.history(target, { ...question, show: "builds", result: "failed", rule: cause.key }),
        }))}
      />
    </Card>
  );
}
