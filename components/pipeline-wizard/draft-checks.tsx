"use client";
import { useFormContext } from "react-hook-form";
import { CostCard } from "@/components/resources/cost-card";
import { PreflightChecks } from "@/components/resources/preflight-checks";
import type { DraftContent } from "@/lib/authoring/drafts/types";
import type { JsonObject } from "@/lib/definitions/types";
import { useWizard } from "./wizard-context";

/** What the account says of the draft before anything is created, and what it is going to cost. */
export function DraftChecks() {
  const { target, draft } = useWizard();
  const { getValues } = useFormContext();
  const contentOf = () => getValues() as DraftContent;
  // Once it is being created there is nothing left to look at beforehand.
  if (draft.creation) return null;
  const { recipe, infrastructure, distribution } = contentOf();
  return (
    <>
      <PreflightChecks target={target} name={contentOf().details.name ?? ""} draftOf={contentOf} runsAtOnce />
      <CostCard
        parts={{
          recipe: inputOf(recipe),
          infrastructure: inputOf(infrastructure),
          distribution: inputOf(distribution),
        }}
      />
    </>
  );
}

/** Of a part that exists already nothing stands in the draft but its ARN. */
const inputOf = (part: DraftContent["recipe" | "infrastructure" | "distribution"]) =>
  "input" in part ? (part.input as JsonObject) : undefined;
