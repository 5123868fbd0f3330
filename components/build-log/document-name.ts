import { parseImageBuilderArn } from "@/lib/core/arn";

/** "web 1.0.0/1" of a component's ARN; a local document keeps its path. */
export function documentName(name: string): string {
  const arn = parseImageBuilderArn(name);
  return arn?.version ? `${arn.name} ${[arn.version, arn.build].filter(Boolean).join("/")}` : name;
}
