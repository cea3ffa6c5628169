/** Lists come a page at a time: this reads on, page after page. */
import { accept, type Result } from "../../../lib/result.ts";

type Page = { readonly more: boolean };

/** The pages from the first, until one says that there are no more or `most` were read; the last says which it was. */
export async function readPages<P extends Page>(
  most: number,
  read: (page: number) => Promise<Result<P>>,
): Promise<Result<readonly [P, ...P[]]>> {
  const first = await read(1);
  if (!first.ok) return first;
  const pages: [P, ...P[]] = [first.value];
  for (let last = first.value; last.more && pages.length < most; ) {
    const next = await read(pages.length + 1);
    if (!next.ok) return next;
    last = next.value;
    pages.push(last);
  }
  return accept(pages);
}
