import type { ReactNode } from "react";

/** A page that has only this to say: what is wrong and where to go. */
export function PageMessage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-[60ch] justify-items-start gap-3 py-16">
      <h1 className="m-0 font-[620] text-xl">{title}</h1>
      {children}
    </div>
  );
}
