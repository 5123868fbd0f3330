import type { FoundBuild } from "@/lib/history/types";
import type { SearchHit } from "./search-types";

/** Of each kind so many are found: who wants more types more. */
export const MOST_OF_A_KIND = 6;
/** Characters of what somebody types. */
export const MOST_TEXT = 200;

/** Whether all words of a search are in some texts taken together. */
export type Matches = (...texts: string[]) => boolean;

/** The words of what somebody typed, in lower case, and whether texts have all of them. */
export function searchWords(text: string): { words: string[]; matches: Matches } {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches: Matches = (...texts) => {
    const whole = texts.join(" ").toLowerCase();
    return words.every((word) => whole.includes(word));
  };
  return { words, matches };
}

/** The AMIs that the words name, then the builds, each with the build that it is from. */
export function buildHits(builds: FoundBuild[], words: string[]): { hit: SearchHit; build: FoundBuild }[] {
  const amis = builds.flatMap((build) =>
    build.amis
      .filter(({ amiId }) => words.some((word) => word.startsWith("ami-") && amiId.includes(word)))
      .map(({ amiId, region }) => ({
        build,
        hit: {
          kind: "ami",
          key: keyOf(build),
          name: amiId,
          detail: `${titleOf(build)}, ${region}`,
          status: build.status,
        } satisfies SearchHit,
      })),
  );
  const found = builds.map((build) => ({
    build,
    hit: {
      kind: "image-build",
      key: keyOf(build),
      name: titleOf(build),
      detail: build.createdAt,
      status: build.status,
    } satisfies SearchHit,
  }));
  return [...amis.slice(0, MOST_OF_A_KIND), ...found.slice(0, MOST_OF_A_KIND)];
}

const keyOf = ({ name, version, build }: FoundBuild) => ({ name, version, build });
const titleOf = ({ name, version, build }: FoundBuild) => `${name} ${version}/${build}`;
