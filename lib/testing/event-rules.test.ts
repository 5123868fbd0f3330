import { describe, expect, it } from "vitest";
import { listFiles, readText } from "./project-files";

/** As far as it matters here: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
type Pattern = {
  source?: string[];
  "detail-type"?: string[];
  resources?: unknown[];
  detail?: { state?: { status?: string[] } };
};

/**
 * Whether a rule that starts a pipeline would also start it by its own image: one that hears of images that became
 * available, whichever they are. https://docs.aws.amazon.com/imagebuilder/latest/userguide/ev-rules-for-pipeline.html
 */
function startsItself({ source = [], resources, detail }: Pattern, target: string): boolean {
  const hears =
    source.includes("aws.imagebuilder") && (detail?.state?.status ?? ["AVAILABLE"]).includes("AVAILABLE");
  const startsPipelines = /:image-pipeline\//.test(target);
  return hears && startsPipelines && !resources?.length;
}

const PIPELINE = "arn:aws:imagebuilder:us-east-1:111111111111:image-pipeline/web";
const QUEUE = "arn:aws:sqs:us-east-1:111111111111:build-events";
const available = { source: ["aws.imagebuilder"], detail: { state: { status: ["AVAILABLE"] } } };
const ofBase = [{ prefix: "arn:aws:imagebuilder:us-east-1:111111111111:image/base/" }];

describe("100 rules that start a pipeline", () => {
  it.each<[string, Pattern, string, boolean]>([
    ["every image", available, PIPELINE, true],
    ["every event", { source: ["aws.imagebuilder"] }, PIPELINE, true],
    ["an empty list of resources", { ...available, resources: [] }, PIPELINE, true],
    ["images of the base", { ...available, resources: ofBase }, PIPELINE, false],
    ["failures", { ...available, detail: { state: { status: ["FAILED"] } } }, PIPELINE, false],
    ["every image, into a queue", available, QUEUE, false],
    ["another source", { source: ["aws.ecr"] }, PIPELINE, false],
  ])("100 on %s", (_, pattern, target, isWrong) => {
    expect(startsItself(pattern, target)).toBe(isWrong);
  });

  /** A rule in the documents: its pattern as JSON, then the command that gives it its target. */
  const written = ["README.md", ...listFiles("docs").filter((path) => path.endsWith(".md"))].flatMap((path) =>
    [...readText(path).matchAll(/--event-pattern '([^']+)'[\s\S]*?--targets '([^']+)'/g)].map(
      ([, pattern = "", target = ""]) => [path, pattern, target] as const,
    ),
  );

  it("100 in the documents do not start it by its own image", () => {
    expect(written.length).toBeGreaterThanOrEqual(1);
    for (const [path, pattern, target] of written)
      expect(startsItself(JSON.parse(pattern), target), `${path}: ${pattern}`).toBe(false);
  });
});
