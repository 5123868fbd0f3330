"use client";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import { AllName, TargetName } from "./target-name";

const TargetList = dynamic(() => import("./target-list").then((file) => file.TargetList));

const BOX = "rounded-[5px] border border-line bg-surface";

/**
 * The account and Region one works in, or all of them; opens the list of the others, each with the page that shows the
 * same there.
 */
export function TargetSwitch({
  targets,
  current,
  isAll,
}: {
  targets: TargetSummary[];
  current: TargetSummary;
  isAll: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDetailsElement>(null);
  // It may have been opened before this ran.
  useEffect(() => setOpen(box.current?.open ?? false), []);
  if (targets.length < 2)
    return (
      <div className={`${BOX} mb-2.5 px-2.5 py-1.5`}>
        <TargetName target={current} />
      </div>
    );
  return (
    <details
      ref={box}
      className={`${BOX} group relative mb-2.5`}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="flex cursor-pointer list-none items-center justify-between gap-2 px-2.5 py-1.5">
        {isAll ? <AllName targets={targets} /> : <TargetName target={current} />}
        <span aria-hidden="true" className="absolute top-1.5 right-2.5 text-ink-3 group-open:rotate-180">
          ▾
        </span>
      </summary>
      {isOpen && <TargetList targets={targets} current={current} isAll={isAll} />}
    </details>
  );
}
