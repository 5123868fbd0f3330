/** A statement as IAM reads it; members may be one text or a list. */
type Statement = {
  Effect?: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};

export type Request = { action: string; resource: string; context: Record<string, string[]> };
export type Decision = "allowed" | "explicitDeny" | "implicitDeny";

/**
 * What policies say of a request: one Deny outweighs every Allow, and silence denies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * Differs from AWS: of conditions StringEquals and StringLike only; a statement with another one never matches.
 */
export function evaluatePolicies(documents: string[], request: Request): Decision {
  const matching = documents
    .flatMap((document) => statementsIn(document) ?? [])
    .filter((statement) => matches(statement, request))
    .map(({ Effect }) => Effect);
  if (matching.includes("Deny")) return "explicitDeny";
  return matching.includes("Allow") ? "allowed" : "implicitDeny";
}

/** Undefined for a text that is no policy. */
export function statementsIn(document: string): Statement[] | undefined {
  try {
    const { Statement: statements } = JSON.parse(document) as { Statement?: Statement | Statement[] };
    const all = list(statements ?? []);
    return all.length > 0 && all.every(isStatement) ? all : undefined;
  } catch {
    return undefined;
  }
}

function isStatement(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = value as Statement;
  const texts = [Action, NotAction, Resource, NotResource].flatMap((member) => list(member ?? []));
  return (
    (Effect === "Allow" || Effect === "Deny") &&
    texts.every((text) => typeof text === "string") &&
    typeof Condition === "object" &&
    Object.values(Condition).every((keys) => typeof keys === "object" && keys !== null)
  );
}

function matches(statement: Statement, { action, resource, context }: Request): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  // Names of actions have no case, names of resources do.
  const named = (patterns: string | string[] = []) =>
    list(patterns).some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase()));
  const onResource = (patterns: string | string[] = []) =>
    list(patterns).some((pattern) => isLike(resource, pattern));
  return (
    (NotAction ? !named(NotAction) : named(Action)) &&
    (NotResource ? !onResource(NotResource) : onResource(Resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, context[key.toLowerCase()] ?? [], wanted),
      ),
    )
  );
}

function holds(operator: string, given: string[], wanted: string | string[]): boolean {
  if (operator === "StringEquals") return given.some((value) => list(wanted).includes(value));
  if (operator === "StringLike")
    return given.some((value) => list(wanted).some((pattern) => isLike(value, pattern)));
  return false;
}

/** `*` stands for any text, `?` for one character. Walks both once, so that no pattern makes it slow. */
function isLike(text: string, pattern: string): boolean {
  let [at, star, retryAt, position] = [0, -1, 0, 0];
  while (position < text.length) {
    const expected = pattern[at];
    if (expected === "*") {
      star = at++;
      retryAt = position;
    } else if (expected === "?" || expected === text[position]) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++retryAt;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

const list = <Value>(value: Value | Value[]): Value[] => (Array.isArray(value) ? value : [value]);
