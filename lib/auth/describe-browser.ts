import { getParser } from "bowser";

/** What a person calls a browser, such as "Chrome 156 on Linux"; the header itself where it says nothing known. */
export function describeBrowser(userAgent: string): string {
  const { browser, os } = getParser(userAgent).getResult();
  if (!browser.name) return userAgent;
  const [major] = browser.version?.split(".") ?? [];
  return [browser.name, major, os.name && `on ${os.name}`].filter(Boolean).join(" ");
}
