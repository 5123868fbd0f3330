/** What XML 1.0 has no way to write, not even as a reference. https://www.w3.org/TR/xml/#charsets */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be found
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text that stands in XML and in iCalendar as it is: well-formed, without the control characters of either. */
export const xmlText = (text: string): string => text.toWellFormed().replaceAll(NO_XML, "\ufffd");
