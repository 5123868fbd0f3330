import { SerializationError } from "./errors";
import { kindOf, membersOf, type Schema } from "./schema";

/** Form parameters as a tree: `Filter.1.Name=x` is `{ Filter: { 1: { Name: "x" } } }`. */
export interface ParameterTree {
  value?: string;
  children: Map<string, ParameterTree>;
}

export function parameterTree(parameters: URLSearchParams): ParameterTree {
  const root: ParameterTree = { children: new Map() };
  for (const [name, value] of parameters) {
    let node = root;
    for (const part of name.split(".")) {
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

/**
 * A form as the input its schema describes. `ec2` is the dialect of EC2: capitalised names, flat lists,
 * and a parameter nobody knows is refused.
 */
export function decodeQuery(schema: Schema, node: ParameterTree, ec2: boolean, path = ""): unknown {
  switch (kindOf(schema)) {
    case "unit":
      return {};
    case "structure": {
      const result: Record<string, unknown> = {};
      for (const { name, schema: member, traits } of membersOf(schema)) {
        const child = node.children.get(ec2 ? ec2Key(name, traits) : (traits.xmlName ?? name));
        if (child) result[name] = decodeQuery(member, child, ec2, path ? `${path}.${name}` : name);
      }
      return result;
    }
    case "list": {
      const element = schema.getValueSchema();
      const flat = ec2 || schema.getMergedTraits().xmlFlattened;
      const items = flat ? node : node.children.get(String(element.getMergedTraits().xmlName ?? "member"));
      return numbered(items).map((item, index) => decodeQuery(element, item, ec2, `${path}.${index + 1}`));
    }
    case "map": {
      const entries = schema.getMergedTraits().xmlFlattened ? node : node.children.get("entry");
      const keyName = String(schema.getKeySchema().getMergedTraits().xmlName ?? "key");
      const valueName = String(schema.getValueSchema().getMergedTraits().xmlName ?? "value");
      return Object.fromEntries(
        numbered(entries).flatMap((entry) => {
          const key = entry.children.get(keyName)?.value;
          const value = entry.children.get(valueName);
          return key === undefined || !value
            ? []
            : [[key, decodeQuery(schema.getValueSchema(), value, ec2, `${path}.${key}`)]];
        }),
      );
    }
    default:
      return decodeText(schema, node.value ?? "", path);
  }
}

/** The names of EC2 parameters that the operation does not know. */
export function unknownEc2Parameters(schema: Schema, tree: ParameterTree): string[] {
  const known = new Set(membersOf(schema).map(({ name, traits }) => ec2Key(name, traits)));
  const common = /^(Action|Version|X-Amz-.*|AWSAccessKeyId|Signature.*|Timestamp|PresignedUrl)$/;
  return [...tree.children.keys()].filter((name) => !known.has(name) && !common.test(name));
}

/** A scalar written as text: in a form, a query string or a header. */
export function decodeText(schema: Schema, text: string, path: string): unknown {
  switch (kindOf(schema)) {
    case "boolean":
      if (!/^(true|false)$/i.test(text))
        throw new SerializationError(`Invalid value '${text}' for '${path}': not a boolean`);
      return text.toLowerCase() === "true";
    case "number":
      if (text.trim() === "" || !Number.isFinite(Number(text))) {
        throw new SerializationError(`Invalid value '${text}' for '${path}': not a number`);
      }
      return Number(text);
    case "timestamp": {
      const date = new Date(/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text);
      if (Number.isNaN(date.getTime()))
        throw new SerializationError(`Invalid value '${text}' for '${path}': not a timestamp`);
      return date;
    }
    case "blob":
      return new Uint8Array(Buffer.from(text, "base64"));
    default:
      return text;
  }
}

function ec2Key(name: string, traits: { ec2QueryName?: string; xmlName?: string }): string {
  if (traits.ec2QueryName) return traits.ec2QueryName;
  const key = traits.xmlName ?? name;
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function numbered(node: ParameterTree | undefined): ParameterTree[] {
  return [...(node?.children ?? [])]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
