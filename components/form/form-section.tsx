import { type ReactNode, useId } from "react";

/** Fields that belong together, under a heading. */
export function FormSection({
  title,
  note,
  children,
}: {
  title: string;
  note?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-t px-3.5 py-4 first:border-t-0">
      <h3 id={id} className="m-0 font-semibold text-[13.5px]">
        {title}
      </h3>
      {note && <p className="m-0 mt-0.5 max-w-[72ch] text-ink-3 text-xs">{note}</p>}
      <div className="mt-3 grid gap-x-4 gap-y-3.5 sm:grid-cols-2">{children}</div>
    </section>
  );
}

/** A field, or several, over the whole width of a section. */
export const Wide = ({ children }: { children: ReactNode }) => (
  <div className="grid content-start gap-3.5 sm:col-span-2">{children}</div>
);
