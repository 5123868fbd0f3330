import { resolvedIn, secretsManagerPath } from "goldsmith-languages/component";
import { parseComponentDocument } from "../../factory/awstoe/parse-component-document";
import type { UsedComponent } from "./image-build-row";
import type { ImageBuilderStore } from "./store";

const REFERENCE = /\{\{\s*(aws:ssm:[^{}]+?)\s*\}\}/g;
const PREFIX = "aws:ssm:";

/**
 * The values of Parameter Store that a build's documents refer to, as they are when the build starts; null where
 * there is none. Public parameters and secrets are not among them.
 */
export function parameterValues(
  store: ImageBuilderStore,
  components: readonly UsedComponent[],
  nested: Readonly<Record<string, string | null>>,
): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  const read = (name: string): string | null => {
    if (name.startsWith("/aws/") || name.startsWith(secretsManagerPath)) return null;
    found[name] = store.scope.here.ssm.parameters.get(name)?.value ?? null;
    return found[name];
  };
  const texts = [
    ...components.map(({ document, parameters = {} }) => [document, parameters] as const),
    ...Object.values(nested).flatMap((key) => (key === null ? [] : [[key, {}] as const])),
  ];
  for (const [key, given] of texts) {
    const text = store.documents.get(key)?.text ?? "";
    const parsed = text.includes(PREFIX) ? parseComponentDocument(text) : undefined;
    const declared = parsed?.ok ? parsed.document.parameters : [];
    for (const [, reference = ""] of text.matchAll(REFERENCE)) {
      const inner = resolvedIn(reference);
      if (inner === undefined) read(reference.slice(PREFIX.length).trim());
      else {
        const name = inner.startsWith(PREFIX)
          ? read(inner.slice(PREFIX.length).trim())
          : ((given as Record<string, string>)[inner] ??
            declared.find((parameter) => parameter.name === inner)?.default);
        if (name) read(name);
      }
    }
  }
  return found;
}
