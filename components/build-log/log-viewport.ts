export const ROW_PX = 20;
/** The same as classes, which the server may send. */
export const ROW_CLASS = { exactly: "h-[20px]", atLeast: "min-h-[20px]" };

/** Browsers draw no element higher than about 33 million px, so a longer log is scrolled in larger steps. */
const MAX_SPACER_PX = 16_000_000;

/** What part of `rowCount` rows is seen in a viewport that is scrolled to `scrollTop`. */
export function viewportOf(rowCount: number, scrollTop: number, heightPx: number) {
  const fullPx = rowCount * ROW_PX;
  const spacerPx = Math.min(fullPx, MAX_SPACER_PX);
  const scrollable = Math.max(spacerPx - heightPx, 1);
  const share = Math.min(Math.max(scrollTop / scrollable, 0), 1);
  const offsetPx = share * Math.max(fullPx - heightPx, 0);
  const firstRow = Math.floor(offsetPx / ROW_PX);
  return {
    spacerPx,
    /** From 0 at the top to 1 at the end. */
    share,
    firstRow,
    /** How far the first row is out of view. */
    cutPx: offsetPx - firstRow * ROW_PX,
    rowsInView: Math.ceil(heightPx / ROW_PX) + 1,
  };
}

/** The `scrollTop` that puts `row` a third below the top. */
export function scrollTopOf(row: number, rowCount: number, heightPx: number): number {
  const fullPx = rowCount * ROW_PX;
  const { spacerPx } = viewportOf(rowCount, 0, heightPx);
  const offsetPx = Math.min(Math.max(row * ROW_PX - heightPx / 3, 0), Math.max(fullPx - heightPx, 0));
  return (offsetPx / Math.max(fullPx - heightPx, 1)) * Math.max(spacerPx - heightPx, 0);
}
