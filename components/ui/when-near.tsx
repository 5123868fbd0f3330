"use client";
import { type ReactNode, useEffect, useRef, useState } from "react";

/** By then the page has what stands at its top, and who reads with a screen reader has not got here yet. */
const SETTLED_AFTER_MS = 2_500;

/** Draws what costs requests once it comes into view, or once the page has settled: what stands above it comes first. */
export function WhenNear({ children, placeholder }: { children: ReactNode; placeholder: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (isDue || !element) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setDue(true);
    });
    observer.observe(element);
    const timer = setTimeout(() => setDue(true), SETTLED_AFTER_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [isDue]);
  return isDue ? children : <div ref={place}>{placeholder}</div>;
}
