import { DOMImplementation, type Document, type Element, XMLSerializer } from "@xmldom/xmldom";
import type { ActivityEntry, ActivityPage } from "./types";
import { xmlText } from "./xml-text";

const ATOM = "http://www.w3.org/2005/Atom";

type Place = {
  target: { id: string; label: string };
  /** Such as `https://goldsmith.example.com`. */
  consoleUrl: string;
  /** Path and query of the page that shows the same. */
  page: string;
};

/**
 * A page of the activity as Atom. An entry keeps its ID for ever, and `updated` is the latest entry's, so that the same
 * activity is the same text. https://www.rfc-editor.org/rfc/rfc4287
 */
export function activityAtom({ entries, changesHidden }: ActivityPage, place: Place): string {
  const { target, consoleUrl, page } = place;
  const document = new DOMImplementation().createDocument(ATOM, "feed");
  const feed = document.documentElement as Element;
  add(feed, "id", {}, `urn:goldsmith:${encodeURIComponent(target.id)}:activity`);
  add(feed, "title", {}, `${target.label}: activity`);
  if (changesHidden !== undefined) add(feed, "subtitle", {}, changesHidden);
  // An empty feed was never updated, but Atom requires an instant.
  add(feed, "updated", {}, entries[0]?.at ?? new Date(0).toISOString());
  add(feed, "generator", {}, "Goldsmith");
  add(feed, "link", { rel: "alternate", type: "text/html", href: `${consoleUrl}${page}` });
  // An entry without a person has the feed's author. https://www.rfc-editor.org/rfc/rfc4287#section-4.1.2
  add(add(feed, "author"), "name", {}, "Goldsmith");
  for (const entry of entries) addEntry(add(feed, "entry"), entry, place);
  const text = new XMLSerializer().serializeToString(document, { requireWellFormed: true });
  return `<?xml version="1.0" encoding="utf-8"?>\n${text}`;
}

function addEntry(
  element: Element,
  { id, kind, at, who, title, outcome, detail, href }: ActivityEntry,
  { target, consoleUrl, page }: Place,
): void {
  add(element, "id", {}, `urn:goldsmith:${encodeURIComponent(target.id)}:${id}`);
  add(element, "title", {}, `${title}: ${outcome}`);
  add(element, "updated", {}, at);
  add(element, "link", { rel: "alternate", type: "text/html", href: `${consoleUrl}${href ?? page}` });
  if (who !== undefined) add(add(element, "author"), "name", {}, who);
  for (const term of [kind, outcome]) add(element, "category", { term });
  const said = [who !== undefined && `By ${who}.`, detail].filter(Boolean).join(" ");
  add(element, "summary", {}, said || `${title}: ${outcome}`);
}

/** Adds an element with attributes and a text, which is a text whatever it holds. */
function add(parent: Element, name: string, attributes: Record<string, string> = {}, text = ""): Element {
  const document = parent.ownerDocument as Document;
  const element = document.createElementNS(ATOM, name);
  for (const [attribute, value] of Object.entries(attributes))
    element.setAttribute(attribute, xmlText(value));
  if (text !== "") element.appendChild(document.createTextNode(xmlText(text)));
  parent.appendChild(element);
  return element;
}
