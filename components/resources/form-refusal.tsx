"use client";
import { useFormState } from "react-hook-form";
import { RefusalNote } from "@/components/ui/refusal-note";
import type { Refusal } from "@/lib/core/failure";

/** Why a form was not sent: what AWS said of it as a whole, or how many fields need a look. */
export function FormRefusal({ refusal }: { refusal?: Refusal }) {
  const { errors, submitCount } = useFormState();
  const wrong = submitCount > 0 ? Object.keys(errors) : [];
  if (!refusal && wrong.length === 0) return null;
  return (
    <RefusalNote
      refusal={
        refusal ??
        `Not saved: ${wrong.map(wordsOf).join(", ")} ${wrong.length === 1 ? "needs" : "need"} attention.`
      }
    />
  );
}

/** What a form calls a member whose own name says little. */
const WORDS: Record<string, string> = {
  semanticVersion: "version",
  data: "document",
  uri: "S3 URI",
  kmsKeyId: "KMS key",
  changeDescription: "change description",
  imageRecipeArn: "recipe",
  containerRecipeArn: "recipe",
  infrastructureConfigurationArn: "infrastructure configuration",
  distributionConfigurationArn: "distribution configuration",
  dockerfileTemplateData: "Dockerfile template",
  parentImage: "base image",
};
/** `instanceProfileName` as "instance profile name". */
const wordsOf = (member: string) =>
  WORDS[member] ?? member.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
