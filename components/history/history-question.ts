import type { HistoryShow, HistoryState } from "@/lib/history/types";

/** Of a question, whatever is shown: the rest says which of its builds. */
const QUESTION = ["targets", "pipeline", "days", "from", "to"] as const;

/** The part of an address that stays when another question is asked. */
export const questionOf = (state: HistoryState): HistoryState =>
  Object.fromEntries(QUESTION.flatMap((name) => (state[name] ? [[name, state[name]]] : [])));

/** What is read for an address, without what only says how the page looks. */
export const askedOf = (show: HistoryShow, { show: _, ...state }: HistoryState): HistoryState =>
  show === "builds" ? state : questionOf(state);
