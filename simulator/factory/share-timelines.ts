import { parseComponentDocument } from "./awstoe/parse-component-document";
import { identityOf, numberOf } from "./awstoe/share-component-runs";
import { layOutShared } from "./intervene";
import { paceOf } from "./play-build";
import type { Timeline } from "./timeline";
import type { BuildInput, BuildScript } from "./types";
import { parseWorkflowDocument } from "./workflow-document";

/** What the state of a build needs of its timeline. */
export type Outline = Pick<Timeline, "transitions" | "artifacts" | "endMs">;

const KEPT = 4000;
const kept = new Map<string, Outline | undefined>();

/**
 * The outline that a build has in common with others, with marks for what is its own; undefined when it has none in
 * common. A history of 100,000 builds comes from a few hundred of them, so its states cost microseconds each.
 */
export function sharedOutline(script: BuildScript): Outline | undefined {
  const key = keyOf(script.input);
  const isKnown = kept.has(key);
  const outline = isKnown ? kept.get(key) : outlineOf(script);
  kept.delete(key);
  kept.set(key, outline);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  return outline;
}

function outlineOf(script: BuildScript): Outline | undefined {
  const timeline = layOutShared(script);
  return (
    timeline && {
      transitions: timeline.transitions,
      artifacts: timeline.artifacts.filter(({ kind }) => kind === "ami" || kind === "container-pushed"),
      endMs: timeline.endMs,
    }
  );
}

/** Equal for builds whose lives differ in nothing but what is their own. */
function keyOf(input: BuildInput): string {
  const { components, distribution, workflows, documents, parentImage, imageArn, ...rest } = input;
  const { seed: _seed, startedAtMs: _startedAt, buildNumber: _number, ...common } = rest;
  const own = [
    paceOf(input),
    imageArn.split(":").slice(3, 5),
    parentImage.reference,
    parentImage.amiId !== undefined,
    distribution && numberOf(distribution),
    workflows?.map(({ document, ...more }) => [numberOf(parseWorkflowDocument(document)), more]),
    documents && Object.entries(documents).map(([name, text]) => [name, numberOfText(text)]),
  ];
  return `${JSON.stringify([own, common])} ${identityOf(components)}`;
}

const numberOfText = (text: string | null) => (text === null ? 0 : numberOf(parseComponentDocument(text)));
