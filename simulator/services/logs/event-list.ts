import { compareEvents, type PlacedEvent } from "./placed-event";

/** Items in order, made when they are looked at: a log may have a million. Arrays are such lists too. */
export interface List<Item> {
  readonly length: number;
  /** A negative index counts from the end. */
  at(index: number): Item | undefined;
}

export type EventList = List<PlacedEvent>;

/** A list of `length` items, each made by `make`, which gets an index within it. */
export function listOf<Item>(length: number, make: (index: number) => Item | undefined): List<Item> {
  return {
    length,
    at(index) {
      const place = index < 0 ? length + index : index;
      return place >= 0 && place < length ? make(place) : undefined;
    },
  };
}

/** The items from one index up to, not including, another. */
export function itemsOf<Item>(list: List<Item>, from = 0, to = list.length): Item[] {
  const items: Item[] = [];
  for (let index = from; index < to; index++) {
    const item = list.at(index);
    if (item !== undefined) items.push(item);
  }
  return items;
}

/** The index of the first event at or after a position, or the length. */
export function firstAt(events: EventList, position: Pick<PlacedEvent, "timestamp" | "order">): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events.at(middle);
    if (event && isBefore(event, position)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(event: PlacedEvent, { timestamp, order }: Pick<PlacedEvent, "timestamp" | "order">) {
  return event.timestamp < timestamp || (event.timestamp === timestamp && event.order < order);
}

/** Two sorted lists as one. Costs what the shorter is long, so a few lines more do not touch a million. */
export function mergeLists(one: EventList, other: EventList): EventList {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length === 0) return long;
  const places = itemsOf(short)
    .sort(compareEvents)
    .map((event, index) => firstAt(long, event) + index);
  return listOf(one.length + other.length, (index) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) <= index) low = middle + 1;
      else high = middle;
    }
    return places[low - 1] === index ? short.at(low - 1) : long.at(index - low);
  });
}
