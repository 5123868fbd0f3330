import type { Operation } from "./operation";

/** The row that a request asks for with the parameters of its path, or the methods that its path has. */
type Found = { operation: Operation; path: Record<string, string> } | { allowed: string[] };

/**
 * Looks a request up in the table; `pathname` is below `/api/v1` and still encoded. Undefined for an address that no
 * operation has.
 */
export function findOperation(
  operations: readonly Operation[],
  method: string,
  pathname: string,
): Found | undefined {
  const segments = pathname.split("/");
  const matching = operations.flatMap((operation) => {
    const path = match(operation.path.split("/"), segments);
    return path ? [{ operation, path }] : [];
  });
  const found = matching.find(({ operation }) => operation.method === method.toLowerCase());
  if (found) return found;
  if (matching.length === 0) return undefined;
  return { allowed: matching.map(({ operation }) => operation.method.toUpperCase()) };
}

function match(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const path: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? "";
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name === undefined && part !== segment) return undefined;
    if (name !== undefined) {
      if (segment === "") return undefined;
      const value = decoded(segment);
      if (value === undefined) return undefined;
      path[name] = value;
    }
  }
  return path;
}

/** Undefined for what is no encoded text, such as `%ff`: no name is written so. */
function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
