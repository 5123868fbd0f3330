import { templateVariables } from "goldsmith-languages/container";
import { cutText } from "@/lib/core/canonical-text";

const WRITTEN = /(?<!\{)(\{+)\s*imagebuilder:(\w*)\s*(\}+)/g;
const spelled = (name: string) => `{{{ imagebuilder:${name} }}}`;

/**
 * What Image Builder would refuse in a Dockerfile template, in words: variables that are missing, unknown, out of
 * order or in the wrong number of braces. Braces of other tools are their own.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-container-recipes.html
 */
export function templateProblems(template: string | undefined, hasComponents: boolean): string[] {
  if (template === undefined) return [];
  const problems: string[] = [];
  const places = new Map<string, number>();
  for (const { 1: open = "", 2: name = "", 3: close = "", index } of template.matchAll(WRITTEN)) {
    if (!templateVariables.some((variable) => variable.name === name))
      problems.push(`Image Builder has no variable imagebuilder:${cutText(name, 60)}.`);
    else if (open.length !== 3 || close.length !== 3)
      problems.push(`Write ${spelled(name)} with three braces on each side.`);
    else if (!places.has(name)) places.set(name, index);
  }
  const needed = templateVariables.filter((variable) => variable.needed === "always" || hasComponents);
  for (const { name, needed: when } of needed) {
    if (places.has(name)) continue;
    const why = when === "always" ? "the base image" : "a recipe with components";
    problems.push(`The template needs ${spelled(name)} for ${why}.`);
  }
  const order = templateVariables.flatMap(({ name }) => (places.has(name) ? [name] : []));
  const late = order.find((name, index) => {
    const before = order[index - 1];
    return before !== undefined && (places.get(before) ?? 0) > (places.get(name) ?? 0);
  });
  if (late)
    problems.push(`${spelled(order[order.indexOf(late) - 1] ?? "")} must come before ${spelled(late)}.`);
  return [...new Set(problems)];
}
