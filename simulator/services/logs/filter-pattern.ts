import { invalid } from "./groups";

/**
 * The unstructured filter patterns of CloudWatch Logs: terms that must all be there, `?a ?b` of which one must,
 * `-term` that must not, `"a phrase"` and `%regular expression%`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * Differs from AWS: patterns for JSON (`{ $.x = 1 }`) and for space-delimited fields (`[a, b]`) are refused.
 */
export function matcherOf(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text === "") return () => true;
  if (/^[{[]/.test(text))
    throw invalid("Invalid filter pattern: the simulator knows terms, phrases and %regex% only");
  const all: Test[] = [];
  const any: Test[] = [];
  for (const [, sign, quoted, expression, word] of text.matchAll(/([?-]?)(?:"([^"]*)"|%([^%]+)%|(\S+))/g)) {
    const test = expression === undefined ? containing(quoted ?? word ?? "") : matching(expression);
    if (sign === "?") any.push(test);
    else all.push(sign === "-" ? (message) => !test(message) : test);
  }
  // Optional terms count only where there are no others, as in AWS.
  if (all.length > 0) return (message) => all.every((test) => test(message));
  return (message) => any.some((test) => test(message));
}

type Test = (message: string) => boolean;

function containing(term: string): Test {
  return (message) => message.includes(term);
}

function matching(source: string): Test {
  try {
    const expression = new RegExp(source);
    return (message) => expression.test(message);
  } catch {
    throw invalid("Invalid filter pattern: the regular expression cannot be read");
  }
}
