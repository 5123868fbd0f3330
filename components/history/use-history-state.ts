"use client";
import { useSearchParams } from "next/navigation";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { HISTORY_SHOWS, type HistoryShow, type HistoryState } from "@/lib/history/types";
import { questionOf } from "./history-question";

/** What the address asks: it holds all there is to say about the view, so that a shared one shows the same. */
export function useHistoryState(target: string): {
  show: HistoryShow;
  state: HistoryState;
  question: HistoryState;
} {
  const written: HistoryState = Object.fromEntries(useSearchParams());
  const state = target === ALL_ACCOUNTS ? { ...written, targets: "all" } : written;
  const show = HISTORY_SHOWS.find((known) => known === state.show) ?? "health";
  return { show, state, question: questionOf(state) };
}
