"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWatch } from "react-hook-form";
import type { Choice, ChoiceKind } from "@/lib/image-builder/choices/types";
import { choicesQuery } from "@/lib/queries/choices";
import { ComboField } from "./combo-field";
import type { FieldProps } from "./field";
import { TextListField } from "./text-list-field";

type Offer = {
  target: string;
  kind: ChoiceKind;
  /** Another Region than the target's. */
  region?: string;
  /** Leaves out what does not fit what was chosen before. */
  only?: (choice: Choice) => boolean;
  placeholder?: string;
};

/** A text with what AWS has to offer for it. What is chosen is said in words below it. */
export function ChoiceField({ target, kind, region, only, hint, ...field }: FieldProps & Offer) {
  const { choices, reason } = useChoices({ target, kind, region, only });
  const value: unknown = useWatch({ name: field.name });
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <ComboField {...field} choices={choices} hint={<Said chosen={chosen} hint={hint} reason={reason} />} />
  );
}

/** Several of them, one a row. */
export function ChoiceListField({
  target,
  kind,
  region,
  only,
  hint,
  ...field
}: FieldProps & Offer & { addLabel: string }) {
  const { choices, reason } = useChoices({ target, kind, region, only });
  return <TextListField {...field} choices={choices} hint={<Said hint={hint} reason={reason} />} />;
}

/** What a picker offers now, and why it may not be everything. */
export function useChoices({ target, kind, region, only = () => true }: Omit<Offer, "placeholder">): {
  choices: Choice[];
  reason?: string;
} {
  const { data, error } = useQuery({ ...choicesQuery(target, kind, region), retry: false });
  return { choices: (data?.choices ?? []).filter(only), reason: data?.reason ?? error?.message };
}

function Said({ chosen, hint, reason }: { chosen?: Choice; hint?: ReactNode; reason?: string }) {
  const words = chosen && [chosen.label, chosen.detail].filter((word) => word && word !== chosen.value);
  if (words && words.length > 0) return words.join(", ");
  return reason ? `Type a value. ${reason}` : hint;
}
