import { SaxesParser } from "saxes";

export type XmlElement = {
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
};

/** Reads a document as a strict parser of XML 1.0 with namespaces does. Throws at the first thing that is not well-formed. */
export function readXml(xml: string): XmlElement {
  const top: XmlElement = { name: "", namespace: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ local, uri, attributes }) => {
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(values),
      children: [],
      text: "",
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  const [root] = top.children;
  if (!root) throw new Error("the document has no element");
  return root;
}

/** The text of an element's first child of a name; "" where it has none. */
export const textIn = (parent: XmlElement, name: string): string =>
  parent.children.find((child) => child.name === name)?.text ?? "";
