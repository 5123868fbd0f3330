import type { HistoryAnswers, HistoryShow, HistoryState } from "@/lib/history/types";

/** What the panel of a question is drawn from. */
export type PanelProps<Show extends HistoryShow> = {
  target: string;
  answer: HistoryAnswers[Show];
  /** What every link of the panel keeps: pipeline, targets, days. */
  question: HistoryState;
  state: HistoryState;
};
