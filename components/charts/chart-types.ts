export type ChartTone = "ok" | "fail" | "run" | "mute" | "wait" | "faint" | "ink" | "middle";

/** A line over the entries of the axis; entries without a value are passed over. */
export type ChartLine = {
  name: string;
  values: (number | undefined)[];
  /** `ghost`: what is only compared with. */
  look: "bold" | "thin" | "ghost" | "dashed";
};

/** A part of each entry's bar; the first part stands at the bottom. */
export type ChartStack = { name: string; values: number[]; tone: ChartTone };

/** What happened at an entry. */
export type ChartMark = {
  index: number;
  /** One letter, which the legend explains. */
  letter: string;
  /** Written beside the letter where there is room. */
  label: string;
  /** One line each, for the tooltip. */
  words: string[];
  /** Explains most of what the chart shows. */
  isLoud?: boolean;
};
