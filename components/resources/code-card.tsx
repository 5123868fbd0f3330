"use client";
import { toAwsCli } from "@/lib/as-code/to-aws-cli";
import { toCloudFormation } from "@/lib/as-code/to-cloudformation";
import { toTerraform } from "@/lib/as-code/to-terraform";
import type { CodeResource } from "@/lib/as-code/types";
import { type CodeForm, CodeForms } from "./code-forms";

/** The same resources as commands or templates, to copy. */
export function CodeCard({ resources, region }: { resources: CodeResource[]; region: string }) {
  const forms: CodeForm[] = [
    ["AWS CLI", () => toAwsCli(resources, region)],
    ["CloudFormation", () => toCloudFormation(resources)],
    ["Terraform", () => toTerraform(resources)],
  ];
  return <CodeForms title="Infrastructure as code" forms={forms} />;
}
