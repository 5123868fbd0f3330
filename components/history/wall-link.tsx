"use client";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { urls } from "@/lib/core/urls";
import { useHistoryState } from "./use-history-state";

/** To the wall and back, about the same pipelines and days. */
export function WallLink({ target }: { target: string }) {
  const { state, question } = useHistoryState(target);
  const isWall = state.show === "wall";
  return (
    <Link
      href={urls.history(target, { ...question, show: isWall ? undefined : "wall" })}
      prefetch={false}
      className={buttonClass()}
    >
      {isWall ? "Back to History" : "TV mode"}
    </Link>
  );
}
