import { awsPages } from "../aws-pages";

/** `second`: the key beside the operator that holds the value it is compared with. */
export interface ComparisonOperator {
  name: string;
  kind: "string" | "number" | "pattern" | "path" | "hash";
  second?: "value" | "path";
  description: string;
  link: string;
}

const comparison = (
  kind: ComparisonOperator["kind"],
  second: "value" | "path" | undefined,
  operators: Record<string, string>,
): ComparisonOperator[] =>
  Object.entries(operators).map(([name, description]) => ({
    name,
    kind,
    ...(second === undefined ? {} : { second }),
    description,
    link: awsPages.comparisons,
  }));

export const comparisonOperators: readonly ComparisonOperator[] = [
  ...comparison("string", undefined, {
    stringIsEmpty: "True when the text is empty.",
    stringIsWhitespace: "True when the text holds only spaces.",
  }),
  ...comparison("string", "value", {
    stringEquals: "True when value equals this text.",
    stringLessThan: "True when value sorts before this text.",
    stringLessThanEquals: "True when value sorts before this text or equals it.",
    stringGreaterThan: "True when value sorts after this text.",
    stringGreaterThanEquals: "True when value sorts after this text or equals it.",
  }),
  ...comparison("pattern", "value", { patternMatches: "True when value matches this RE2 expression." }),
  ...comparison("number", "value", {
    numberEquals: "True when value equals this number.",
    numberLessThan: "True when value is less than this number.",
    numberLessThanEquals: "True when value is at most this number.",
    numberGreaterThan: "True when value is greater than this number.",
    numberGreaterThanEquals: "True when value is at least this number.",
  }),
  ...comparison("path", undefined, {
    binaryExists: "True when the program is found on the path.",
    fileExists: "True when the file exists.",
    folderExists: "True when the folder exists.",
  }),
  ...comparison("hash", "path", {
    fileMD5Equals: "True when the file at path has this MD5 hash.",
    fileSHA1Equals: "True when the file at path has this SHA-1 hash.",
    fileSHA256Equals: "True when the file at path has this SHA-256 hash.",
    fileSHA512Equals: "True when the file at path has this SHA-512 hash.",
  }),
];

export const logicalOperators = [
  { name: "and", description: "True when all conditions of the list are true.", link: awsPages.logic },
  { name: "or", description: "True when one condition of the list is true.", link: awsPages.logic },
  { name: "not", description: "True when the condition is false.", link: awsPages.logic },
] as const;

const byName = new Map(comparisonOperators.map((operator) => [operator.name, operator]));

export const comparisonOperator = (name: string) => byName.get(name);
export const isLogicalOperator = (name: string) =>
  logicalOperators.some((operator) => operator.name === name);
