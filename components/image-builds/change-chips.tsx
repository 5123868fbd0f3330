"use client";
import type { ReactNode } from "react";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { BuildTab } from "./build-tabs";
import { TabLink } from "./tab-link";
import { type Comparison, countPackages, useBuildComparison } from "./use-build-comparison";

/** More would be a list; the Changes tab has it. */
const MOST_COMPONENTS = 5;

/** What changed since the last successful build, each as a chip; where nobody could look, the line says so. */
export function ChangeChips({
  target,
  build,
  onShow,
}: {
  target: string;
  build: ImageBuild;
  onShow: (tab: BuildTab) => void;
}) {
  const { comparison, before, reason, error } = useBuildComparison(target, build);
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1.5 border-line border-t px-3.5 py-2">
      <span className="mr-1 text-ink-2">
        {before
          ? `Changed since ${before.version}/${before.build}`
          : "Changed since the last successful build"}
      </span>
      {error ? (
        <span className="text-ink-3" title={error.message}>
          Not known
        </span>
      ) : reason !== undefined ? (
        <span className="text-ink-3">Nothing to compare with</span>
      ) : comparison ? (
        <>
          <Chips comparison={comparison} />
          <TabLink to="changes" onShow={onShow}>
            All changes
          </TabLink>
        </>
      ) : (
        <span className="text-ink-3">Comparing…</span>
      )}
    </div>
  );
}

function Chips({ comparison }: { comparison: Comparison }) {
  const { base, components, settings, packages, samePackages } = comparison;
  const { added, removed, updated } = countPackages(comparison);
  const isBaseNew = base.before !== base.after;
  const hasInventories = packages.length + samePackages > 0;
  const isAlike = !isBaseNew && components.length + settings.count + packages.length === 0;
  const left = components.length - MOST_COMPONENTS;
  return (
    <>
      {isBaseNew && <Chip name="Base image" before={shortAmi(base.before)} after={shortAmi(base.after)} />}
      {components.slice(0, MOST_COMPONENTS).map(({ name, before, after }) => (
        <Chip key={`${name} ${before} ${after}`} name={name} before={before} after={after} />
      ))}
      {left > 0 && <Chip name={`${left} more ${left === 1 ? "component" : "components"}`} />}
      {settings.count > 0 && (
        <Chip name={`${settings.count} ${settings.count === 1 ? "setting" : "settings"}`} />
      )}
      {updated > 0 && <Chip name={`${updated} ${updated === 1 ? "package" : "packages"} updated`} />}
      {added > 0 && <Chip name={`${added} added`} />}
      {removed > 0 && <Chip name={`${removed} removed`} />}
      {isAlike && hasInventories && <span className="text-ink-3">No changes</span>}
      {isAlike && !hasInventories && (
        <span className="text-ink-3">No changes in base image, components, or settings</span>
      )}
      {!hasInventories && <Chip name="Packages not known" isQuiet />}
    </>
  );
}

/** Enough of an AMI ID to tell two apart. */
const shortAmi = (id: string | undefined) => id?.replace(/^(ami-[0-9a-f]{8})[0-9a-f]+$/, "$1…");

function Chip({
  name,
  before,
  after,
  isQuiet = false,
}: {
  name: string;
  before?: string | undefined;
  after?: string | undefined;
  isQuiet?: boolean;
}): ReactNode {
  return (
    <span
      className={`inline-flex max-w-full flex-wrap items-baseline gap-x-1.5 rounded border border-line px-2 py-0.5 text-[13px] [overflow-wrap:anywhere] ${isQuiet ? "text-ink-3" : ""}`}
    >
      {name}
      {before !== undefined && after !== undefined ? (
        <span className="text-xs">
          <span className="text-ink-3">{before} →</span> {after}
        </span>
      ) : after !== undefined ? (
        <span className="text-ok text-xs">+ {after}</span>
      ) : before !== undefined ? (
        <span className="text-fail text-xs">removed</span>
      ) : null}
    </span>
  );
}
