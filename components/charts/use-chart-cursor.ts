"use client";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { entryAt } from "./chart-scale";

const PAGE = 7;

/** The entry that a key leads to; undefined for keys that lead to none. `index` is the entry pointed at. */
function moveTo(key: string, index: number, count: number): number | undefined {
  const moved: Record<string, number> = {
    ArrowLeft: index - 1,
    ArrowRight: index + 1,
    PageUp: index - PAGE,
    PageDown: index + PAGE,
    Home: 0,
    End: count - 1,
  };
  const found = moved[key];
  return found === undefined ? undefined : Math.max(0, Math.min(count - 1, found));
}

export type ChartBrush = { from: number; to: number };

/**
 * The entry that is pointed at, by mouse, finger or keys, and a range of entries that is dragged over or chosen with
 * Shift. `open` gets the entry that is clicked or entered, `zoom` the range; a finger only moves.
 */
export function useChartCursor({
  count,
  cursor,
  onCursor,
  open,
  zoom,
}: {
  count: number;
  cursor: number | undefined;
  onCursor: (index: number | undefined) => void;
  open?: (index: number) => void;
  zoom?: (range: ChartBrush) => void;
}) {
  const [anchor, setAnchor] = useState<number>();
  // Charts that share a cursor have one tooltip: of the one that is pointed at.
  const [isActive, setIsActive] = useState(false);
  const pressed = useRef<number>(undefined);
  const brush: ChartBrush | undefined =
    anchor !== undefined && cursor !== undefined && anchor !== cursor
      ? { from: Math.min(anchor, cursor), to: Math.max(anchor, cursor) }
      : undefined;
  const at = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return entryAt((clientX - left) / Math.max(1, width), count);
  };
  const point = (index: number) => {
    setIsActive(true);
    onCursor(index);
  };
  const leave = () => {
    setIsActive(false);
    onCursor(undefined);
  };
  const finish = () => {
    if (brush) zoom?.(brush);
    else if (cursor !== undefined) open?.(cursor);
    setAnchor(undefined);
  };
  return {
    brush,
    isActive,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        const index = at(event);
        point(index);
        if (event.pointerType === "touch" || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pressed.current = index;
        setAnchor(zoom ? index : undefined);
      },
      onPointerMove: (event: PointerEvent) => point(at(event)),
      onPointerUp: () => {
        if (pressed.current === undefined) return;
        pressed.current = undefined;
        finish();
      },
      onPointerCancel: () => {
        pressed.current = undefined;
        setAnchor(undefined);
      },
      onPointerLeave: ({ pointerType }: PointerEvent) => {
        if (pointerType !== "touch" && pressed.current === undefined) leave();
      },
      onKeyDown: (event: KeyboardEvent) => {
        const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
        if (ctrlKey || metaKey || altKey) return;
        const moved = moveTo(key, cursor ?? count, count);
        if (moved !== undefined) {
          setAnchor(shiftKey && zoom ? (anchor ?? cursor) : undefined);
          point(moved);
        } else if (key === "Enter") finish();
        else if (key === "Escape" && (cursor !== undefined || brush)) {
          setAnchor(undefined);
          leave();
        } else return;
        event.preventDefault();
        event.stopPropagation();
      },
      onBlur: () => {
        setAnchor(undefined);
        leave();
      },
    },
  };
}
