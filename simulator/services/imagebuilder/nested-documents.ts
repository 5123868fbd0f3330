import { parseComponentDocument } from "../../factory/awstoe/parse-component-document";
import { resolveText } from "../../factory/awstoe/references";
import { objectKey } from "../s3/store";
import { documentKey } from "./document-facts";
import type { UsedComponent } from "./image-build-row";
import { findComponent } from "./sharing";
import type { ImageBuilderStore } from "./store";

const REFERENCE = /arn:aws[^\s"',{}]*:component\/[^\s"',{}]+|s3:\/\/[^\s"',{}]+/g;
/** Documents nest three deep; what is beyond is never run. */
const DEEPEST = 3;

/**
 * The documents that ExecuteDocument steps of a build's components name, by ARN or S3 address, as they are when
 * the build starts: keys of the store's documents, or null where there is nothing.
 */
export function nestedDocuments(
  store: ImageBuilderStore,
  components: readonly UsedComponent[],
): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  const gather = (text: string, parameters: Record<string, string>, depth: number): void => {
    if (depth > DEEPEST || !text.includes("ExecuteDocument")) return;
    for (const [reference] of filledIn(text, parameters).matchAll(REFERENCE)) {
      if (reference in found) continue;
      const nested = readDocument(store, reference);
      if (nested === undefined) {
        found[reference] = null;
        continue;
      }
      const key = documentKey(nested);
      found[reference] = key;
      if (!store.documents.has(key)) store.documents.put({ key, text: nested });
      gather(nested, {}, depth + 1);
    }
  };
  for (const { document, parameters = {} } of components) {
    gather(store.documents.get(document)?.text ?? "", parameters, 1);
  }
  return found;
}

function filledIn(text: string, parameters: Record<string, string>): string {
  const parsed = parseComponentDocument(text);
  if (!parsed.ok) return text;
  const names = new Map<string, string>();
  for (const { name, default: value = "" } of parsed.document.parameters) names.set(name, value);
  for (const { name, value } of parsed.document.constants) names.set(name, value);
  for (const [name, value] of Object.entries(parameters)) names.set(name, value);
  return resolveText(text, { names, steps: new Map() });
}

function readDocument(store: ImageBuilderStore, reference: string): string | undefined {
  if (reference.startsWith("arn:")) return findComponent(store, reference)?.data;
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(reference) ?? [];
  const object = store.scope.here.s3.objects.get(objectKey(bucket, key));
  return object && new TextDecoder().decode(object.body);
}
