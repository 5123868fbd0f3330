"use client";
import { useFormContext, useWatch } from "react-hook-form";
import { nameInArn, ownerOf } from "@/lib/core/arn";
import type { Choice } from "@/lib/image-builder/choices/types";

/** What most recipes begin with, by the names of Amazon's images; those that this Region does not have are left out. */
const USUAL = [
  { image: "amazon-linux-2023-x86", title: "Amazon Linux 2023", says: "x86" },
  { image: "amazon-linux-2023-arm64", title: "Amazon Linux 2023", says: "Arm" },
  { image: "ubuntu-server-24-lts-x86", title: "Ubuntu 24.04", says: "x86" },
  { image: "windows-server-2025-english-full-base-x86", title: "Windows Server 2025", says: "full" },
];

/** One press for the usual base images, each followed at its newest release; the field above takes any other. */
export function BaseImageCards({ name, choices }: { name: string; choices: Choice[] }) {
  const { setValue } = useFormContext();
  const value: unknown = useWatch({ name });
  const cards = USUAL.flatMap((usual) => {
    const choice = choices.find(
      ({ value: arn }) => ownerOf(arn) === "Amazon" && nameInArn(arn) === usual.image,
    );
    return choice ? [{ ...usual, value: choice.value }] : [];
  });
  if (cards.length === 0) return null;
  return (
    <fieldset className="m-0 mt-2 grid min-w-0 grid-cols-2 gap-2 border-0 p-0 md:grid-cols-4">
      <legend className="sr-only">Common base images</legend>
      {cards.map((card) => (
        <button
          key={card.image}
          type="button"
          aria-pressed={value === card.value}
          onClick={() => setValue(name, card.value, { shouldDirty: true, shouldValidate: true })}
          className="grid cursor-pointer content-start rounded-[5px] border border-line-strong bg-surface px-2.5 py-2 text-left text-ink hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:shadow-[inset_0_0_0_1px_var(--accent)]"
        >
          <span className="font-[550]">{card.title}</span>
          <span className="text-ink-2 text-xs">latest, {card.says}</span>
        </button>
      ))}
    </fieldset>
  );
}
