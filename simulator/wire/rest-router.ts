import type { WireRequest } from "./protocol";
import { membersOf, type Operation } from "./schema";

export interface RouteMatch {
  operation: Operation;
  /** Decoded path parameters. */
  labels: Record<string, string>;
}

interface Route {
  operation: Operation;
  method: string;
  path: RegExp;
  labelNames: string[];
  /** Query parameters the pattern itself names, as `?versions` or `?list-type=2`. */
  literals: [string, string][];
  requiredQuery: string[];
  requiredHeaders: string[];
}

/**
 * Finds the operation of a REST request. Of several that match, the one with most conditions wins:
 * `PUT /bucket/key` is UploadPart with `partNumber` and `uploadId`, CopyObject with a copy source, else PutObject.
 */
export function routerOf(operations: Iterable<Operation>, options: { bucketInPath: boolean }) {
  const routes = [...operations].flatMap((operation) => routeOf(operation, options));
  const weight = (route: Route) =>
    route.literals.length + route.requiredQuery.length + route.requiredHeaders.length;
  routes.sort((a, b) => weight(b) - weight(a));

  return function route(request: WireRequest): RouteMatch | undefined {
    for (const candidate of routes) {
      if (candidate.method !== request.method) continue;
      const match = candidate.path.exec(request.path);
      if (!match || !conditionsHold(candidate, request)) continue;
      const labels = candidate.labelNames.map((name, index) => [name, decodeLabel(match[index + 1] ?? "")]);
      return { operation: candidate.operation, labels: Object.fromEntries(labels) };
    }
    return undefined;
  };
}

function routeOf(operation: Operation, { bucketInPath }: { bucketInPath: boolean }): Route[] {
  if (!operation.http) return [];
  const [pathPattern = "/", queryPattern = ""] = operation.http.pattern.split("?");
  const required = membersOf(operation.input).filter((member) => member.required);
  const takesBucket = bucketInPath && required.some((member) => member.name === "Bucket");
  const full = takesBucket ? `/{Bucket}${pathPattern === "/" ? "" : pathPattern}` : pathPattern;
  const labelNames: string[] = [];
  const source = full.replace(/\{(\w+)(\+?)\}/g, (_label, name: string, greedy: string) => {
    labelNames.push(name);
    return greedy ? "(.+)" : "([^/]+)";
  });
  return [
    {
      operation,
      method: operation.http.method,
      path: new RegExp(`^${source}${pathPattern === "/" ? "/?" : ""}$`),
      labelNames,
      // SDKs add x-id for the sake of servers; other clients do not.
      literals: [...new URLSearchParams(queryPattern)].filter(([name]) => name !== "x-id"),
      // Elsewhere than in S3 a missing one is for the validator to name.
      requiredQuery: bucketInPath
        ? required.flatMap(({ traits }) => (traits.httpQuery ? [traits.httpQuery] : []))
        : [],
      requiredHeaders: bucketInPath
        ? required.flatMap(({ traits }) => (traits.httpHeader ? [traits.httpHeader] : []))
        : [],
    },
  ];
}

function conditionsHold(route: Route, request: WireRequest): boolean {
  return (
    route.literals.every(
      ([name, value]) => request.query.has(name) && (!value || request.query.get(name) === value),
    ) &&
    route.requiredHeaders.every((name) => request.headers.has(name)) &&
    route.requiredQuery.every((name) => request.query.has(name))
  );
}

function decodeLabel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
