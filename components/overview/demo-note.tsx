"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { urls } from "@/lib/core/urls";

const DISMISSED = "goldsmith-demo-note";

/** Says above the demo's overview that nothing in it is real, and what to try first; until it is dismissed. */
export function DemoNote({ target }: { target: string }) {
  const [isShown, show] = useState(true);
  useEffect(() => {
    if (localStorage.getItem(DISMISSED)) show(false);
  }, []);
  if (!isShown) return null;
  const dismiss = () => {
    localStorage.setItem(DISMISSED, "1");
    show(false);
  };
  return (
    <section
      aria-label="About this demo"
      className="mb-4 grid gap-3 rounded-lg border border-line bg-accent-soft px-3.5 py-3"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="m-0">
          <strong className="font-semibold">This account is simulated.</strong> Nothing here reaches AWS or
          costs money. Three things to try:
        </p>
        <Button variant="quiet" onClick={dismiss}>
          Dismiss
        </Button>
      </div>
      <ul className="m-0 grid list-none gap-2 p-0 md:grid-cols-3">
        {thingsToTry(target).map(({ title, text, label, href }) => (
          <li key={title} className="grid content-start gap-1.5 rounded border border-line bg-surface p-3">
            <h2 className="m-0 font-semibold text-[13px]">{title}</h2>
            <p className="m-0 text-ink-2">{text}</p>
            <Link href={href} prefetch={false} className={`${buttonClass()} w-fit`}>
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const thingsToTry = (target: string) => [
  {
    title: "Find out why builds fail",
    text: "Open a failed build: it explains the cause at the log line.",
    label: "Open failed builds",
    href: urls.builds(target, { result: "failed" }),
  },
  {
    title: "Create a pipeline",
    text: "Six clicks from a template, nothing to type. The build runs with a live log.",
    label: "Choose a template",
    href: urls.newPipeline(target),
  },
  {
    title: "Find vulnerable images in use",
    text: "See which latest images have critical findings and what runs them.",
    label: "Open findings",
    href: urls.history(target, { show: "findings" }),
  },
];
