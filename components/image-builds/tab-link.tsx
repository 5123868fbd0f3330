import type { BuildTab } from "./build-tabs";

/** Leads to another tab of the same page. */
export function TabLink({
  to,
  onShow,
  children,
}: {
  to: BuildTab;
  onShow: (tab: BuildTab) => void;
  children: string;
}) {
  return (
    <button
      type="button"
      onClick={() => onShow(to)}
      className="cursor-pointer border-0 bg-transparent p-0 font-[inherit] text-accent hover:underline"
    >
      {children}
    </button>
  );
}
