import type { CleanUpKind, PlannedThing, StayingThing, Thing } from "./types";

/**
 * The order in which things are removed: what names something before what it names, as AWS takes it. Image Builder
 * refuses to delete what a pipeline or a recipe names, EC2 a snapshot whose AMI is registered.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/delete-resources.html
 */
const ORDER: CleanUpKind[] = [
  "roll-out",
  "launch-template",
  "parameter",
  "ami",
  "snapshot",
  "image",
  "image-pipeline",
  "image-recipe",
  "container-recipe",
  "infrastructure-configuration",
  "distribution-configuration",
  "component",
  "workflow",
  "lifecycle-policy",
];

/**
 * Which things can be removed, in a safe order, and which stay and why: whatever somebody uses, what has a reason of
 * its own to stay, what was not known, and everything that one of these uses.
 */
export function judgeCleanUp(things: Thing[]): { goes: PlannedThing[]; stays: StayingThing[] } {
  const going = new Map(things.map((thing) => [thing.id, thing]));
  const isFree = ({ stays, notKnown, usedBy }: Thing) =>
    stays.length === 0 &&
    notKnown.length === 0 &&
    usedBy.every(({ id }) => id !== undefined && going.has(id));
  for (let left = -1; left !== going.size; ) {
    left = going.size;
    for (const thing of things) if (!isFree(thing)) going.delete(thing.id);
  }
  return {
    goes: [...going.values()].toSorted(inOrder).map(toPlanned),
    stays: things
      .filter(({ id }) => !going.has(id))
      .toSorted(inOrder)
      .map((thing) => {
        const uses = thing.usedBy.filter(({ id }) => id === undefined || !going.has(id));
        const why = [...thing.stays, ...uses.map(({ text }) => `Used by ${text}.`)];
        return {
          ...toPlanned(thing),
          why: [...new Set([...why, ...thing.notKnown])],
          isNotKnown: why.length === 0,
        };
      }),
  };
}

const inOrder = (a: Thing, b: Thing) =>
  ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const toPlanned = ({ id, kind, name, region, what, at }: Thing): PlannedThing => ({
  id,
  kind,
  name,
  ...(region && { region }),
  what,
  ...(at && { at }),
});
