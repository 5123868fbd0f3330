/** What could not be read, in sentences, above what was. */
export function DoubtList({ doubts }: { doubts: string[] }) {
  if (doubts.length === 0) return null;
  return (
    <div role="status" className="mb-3 rounded-md bg-wait-soft px-3.5 py-2 text-wait">
      <ul className="m-0 list-none p-0">
        {doubts.map((doubt) => (
          <li key={doubt}>
            <span aria-hidden="true">! </span>
            {doubt}
          </li>
        ))}
      </ul>
    </div>
  );
}
