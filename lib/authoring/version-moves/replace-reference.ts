import { followsNewest, isSameResource, parseImageBuilderArn } from "@/lib/core/arn";
import { versionMatches } from "@/lib/definitions/resource-versions";
import type { Json, JsonObject } from "@/lib/definitions/types";

/** Both versions by ARN: as the list names them, and their newest builds. */
export type MovedVersion = { arn: string; buildArn?: string };
type Move = { from: MovedVersion; to: MovedVersion };

/**
 * A copy in which every mention of the old version is one of the new, build for build where a build is named.
 * References with `x` are changed only when they would not take in the new version.
 */
export function replaceReference(content: JsonObject, move: Move): JsonObject {
  return JSON.parse(JSON.stringify(content), (_member, value: Json) =>
    typeof value === "string" && refersTo(value, move.from.arn) && !follows(value, move)
      ? replacementOf(value, move)
      : value,
  ) as JsonObject;
}

/** Whether something in `content` takes up the new version without being changed. */
export function followsByItself(content: JsonObject, move: Move): boolean {
  let found = false;
  JSON.stringify(content, (_member, value: Json) => {
    found ||= typeof value === "string" && refersTo(value, move.from.arn) && follows(value, move);
    return value;
  });
  return found;
}

function refersTo(reference: string, arn: string): boolean {
  const [a, b] = [parseImageBuilderArn(reference), parseImageBuilderArn(arn)];
  return isSameResource(reference, arn) && versionMatches(a?.version, b?.version);
}

const follows = (reference: string, { to }: Move) =>
  followsNewest(parseImageBuilderArn(reference)?.version) && refersTo(reference, to.arn);

const replacementOf = (reference: string, { to }: Move) =>
  parseImageBuilderArn(reference)?.build && to.buildArn ? to.buildArn : to.arn;
