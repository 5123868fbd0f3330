"use client";
import { Check } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { WIZARD_STEPS, type WizardStep } from "@/lib/authoring/drafts/types";
import { urls } from "@/lib/core/urls";
import type { StepErrors } from "./draft-errors";

export const STEP_TITLES: Record<WizardStep, string> = {
  details: "Details and schedule",
  recipe: "Recipe",
  infrastructure: "Infrastructure",
  distribution: "Distribution",
  review: "Review",
};

/** The five steps: which one is open, which are complete. Each has its own address. */
export function WizardSteps({
  target,
  id,
  errors,
  isLocked,
}: {
  target: string;
  id: string;
  errors: StepErrors;
  isLocked: boolean;
}) {
  const pathname = usePathname();
  const openIndex = WIZARD_STEPS.findIndex((step) => pathname === urls.draft(target, id, step));
  return (
    <nav aria-label="Steps">
      <ol className="m-0 flex list-none flex-wrap gap-1 p-0 lg:grid">
        {WIZARD_STEPS.map((step, index) => {
          const href = urls.draft(target, id, step);
          const isDone = step !== "review" && errors[step] === undefined;
          // Said of steps that were left, not of those that are still to come.
          const isWrong = !isDone && step !== "review" && index < openIndex;
          const mark = isDone ? (
            <Check size={13} aria-label="complete" />
          ) : isWrong ? (
            <span role="img" aria-label="needs attention">
              !
            </span>
          ) : (
            index + 1
          );
          const look =
            "flex items-center gap-2 rounded-[5px] px-2.5 py-1.5 no-underline aria-[current]:bg-mute-soft aria-[current]:font-[550] aria-[current]:text-ink";
          return (
            <li key={step}>
              {isLocked && step !== "review" ? (
                <span className={`${look} text-ink-3`}>
                  <StepMark isDone={isDone} isWrong={isWrong}>
                    {mark}
                  </StepMark>
                  {STEP_TITLES[step]}
                </span>
              ) : (
                <Link
                  href={href}
                  prefetch={false}
                  aria-current={pathname === href ? "step" : undefined}
                  className={`${look} text-ink-2 hover:text-ink`}
                >
                  <StepMark isDone={isDone} isWrong={isWrong} isOpen={pathname === href}>
                    {mark}
                  </StepMark>
                  {STEP_TITLES[step]}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function StepMark({
  isDone,
  isWrong,
  isOpen = false,
  children,
}: {
  isDone: boolean;
  isWrong: boolean;
  isOpen?: boolean;
  children: React.ReactNode;
}) {
  const look = isDone
    ? "bg-ok-soft text-ok"
    : isWrong
      ? "bg-fail-soft font-semibold text-fail"
      : isOpen
        ? "bg-accent-solid text-accent-ink"
        : "bg-mute-soft text-ink-2";
  return (
    <span className={`grid size-5 shrink-0 place-items-center rounded-full text-xs ${look}`}>{children}</span>
  );
}
