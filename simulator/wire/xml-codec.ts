import { SerializationError } from "./errors";
import { decodeText } from "./query-codec";
import { kindOf, type Member, membersOf, type Schema, timestampFormat } from "./schema";

/** One element of an XML document: text, or children in order. */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

/** An element for a value: its lists, maps and members named as the schema says. */
function encodeXml(name: string, schema: Schema, value: unknown, attributes = ""): string {
  switch (kindOf(schema)) {
    case "structure":
      return element(name, encodeXmlMembers(membersOf(schema), value as Record<string, unknown>), attributes);
    case "list": {
      const item = schema.getValueSchema();
      const itemName = String(item.getMergedTraits().xmlName ?? "member");
      return element(
        name,
        (value as unknown[]).map((part) => encodeXml(itemName, item, part)).join(""),
        attributes,
      );
    }
    case "map":
      return element(name, mapEntries("entry", schema, value as object), attributes);
    case "timestamp":
      return element(name, writeTimestamp(schema, value as Date), attributes);
    case "blob":
      return element(name, Buffer.from(value as Uint8Array).toString("base64"), attributes);
    default:
      return element(name, escapeXml(String(value)), attributes);
  }
}

/** The elements of a structure's members, without one around them. */
export function encodeXmlMembers(members: Member[], value: Record<string, unknown>): string {
  let xml = "";
  for (const { name, schema, traits } of members) {
    const item = value[name];
    if (item === undefined || item === null) continue;
    const tag = traits.xmlName ?? name;
    if (!traits.xmlFlattened) xml += encodeXml(tag, schema, item);
    else if (schema.isMapSchema()) xml += mapEntries(tag, schema, item as object);
    else for (const part of item as unknown[]) xml += encodeXml(tag, schema.getValueSchema(), part);
  }
  return xml;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");
}

function element(name: string, content: string, attributes = ""): string {
  return `<${name}${attributes && ` ${attributes}`}>${content}</${name}>`;
}

function mapEntries(tag: string, schema: Schema, value: object): string {
  const key = schema.getKeySchema();
  const item = schema.getValueSchema();
  const keyName = String(key.getMergedTraits().xmlName ?? "key");
  const itemName = String(item.getMergedTraits().xmlName ?? "value");
  return Object.entries(value)
    .map(([name, part]) => element(tag, element(keyName, escapeXml(name)) + encodeXml(itemName, item, part)))
    .join("");
}

function writeTimestamp(schema: Schema, value: Date): string {
  const format = timestampFormat(schema, "iso");
  if (format === "epoch") return String(value.getTime() / 1000);
  return format === "iso" ? value.toISOString() : value.toUTCString();
}

/** An XML element as the input its schema describes. */
export function decodeXml(schema: Schema, node: XmlElement, path = ""): unknown {
  switch (kindOf(schema)) {
    case "structure": {
      const result: Record<string, unknown> = {};
      for (const { name, schema: member, traits } of membersOf(schema)) {
        const found = node.children.filter((child) => child.name === (traits.xmlName ?? name));
        const [first] = found;
        if (!first) continue;
        result[name] =
          traits.xmlFlattened && member.isListSchema()
            ? found.map((child) => decodeXml(member.getValueSchema(), child, name))
            : decodeXml(member, first, path ? `${path}.${name}` : name);
      }
      return result;
    }
    case "list":
      return node.children.map((child) => decodeXml(schema.getValueSchema(), child, path));
    case "map":
      throw new SerializationError(`A map is not expected at '${path}'`);
    default:
      return decodeText(schema, node.text, path);
  }
}

/** Reads a document without DTD or namespaces; anything malformed is a SerializationError. */
export function parseXml(text: string): XmlElement {
  const root: XmlElement = { name: "", text: "", children: [] };
  const open = [root];
  const token =
    /<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)[^<>]*?(\/?)>|([^<]+)/y;
  let position = 0;
  while (position < text.length) {
    token.lastIndex = position;
    const match = token.exec(text);
    const parent = open.at(-1);
    if (!match || !parent) throw new SerializationError("The XML you provided was not well-formed");
    position = token.lastIndex;
    const [, cdata, closing, name, selfClosing, characters] = match;
    if (cdata !== undefined) parent.text += cdata;
    else if (characters !== undefined) parent.text += unescapeXml(characters);
    else if (closing) {
      if (parent.name !== localName(name))
        throw new SerializationError("The XML you provided was not well-formed");
      open.pop();
    } else if (name) {
      const child: XmlElement = { name: localName(name), text: "", children: [] };
      parent.children.push(child);
      if (!selfClosing) open.push(child);
    }
  }
  const [document] = root.children;
  if (open.length !== 1 || !document)
    throw new SerializationError("The XML you provided was not well-formed");
  return document;
}

function localName(name = ""): string {
  return name.slice(name.indexOf(":") + 1);
}

function unescapeXml(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole;
    const code = Number.parseInt(hex ?? decimal, hex ? 16 : 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
