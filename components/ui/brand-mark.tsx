/** The console's sign and name. */
export function BrandMark() {
  return (
    <span className="flex items-center gap-2 font-[650] text-[15px]">
      <i className="size-4 rounded bg-linear-135 from-[#f3d67d] to-[#c08a12]" />
      Goldsmith
    </span>
  );
}
