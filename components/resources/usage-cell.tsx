import { countedIfAny } from "@/lib/core/words";
import type { Usage } from "@/lib/overview/types";

/** What the filter of a list calls each state. */
export const USAGE_WORDS: Record<Usage["state"], string> = {
  used: "Used",
  unused: "Unused",
  "not-known": "Not known",
};

/** "3 recipes, 5 pipelines"; builds are named where nothing else uses it. */
function usageInWords({ recipes, pipelines, policies, builds }: Usage): string {
  const named = [
    countedIfAny(recipes, "recipe"),
    countedIfAny(pipelines, "pipeline"),
    countedIfAny(policies, "policy", "policies"),
  ].filter(Boolean);
  return named.join(", ") || countedIfAny(builds, "build");
}

/** Who uses a row of a list, how many versions nobody does, and what was not looked at. Its width is kept from the start. */
export function UsageCell({ usage }: { usage: Usage | undefined }) {
  const { state, unused = [], why } = usage ?? {};
  return (
    <span className="block min-w-40" title={why}>
      {!usage && <span className="text-ink-3">…</span>}
      {state === "not-known" && <span className="text-wait">Not known</span>}
      {state === "unused" && <span className="text-ink-3">Unused</span>}
      {usage && state === "used" && usageInWords(usage)}
      {state === "used" && unused.length > 0 && (
        <span className="block whitespace-nowrap text-ink-3 text-xs">
          {unused.length} unused {unused.length === 1 ? "version" : "versions"}
        </span>
      )}
    </span>
  );
}
