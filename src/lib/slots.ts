/** At most so many at once; others wait their turn. Entering gives the function that leaves. */
export function openSlots(most: number): () => Promise<() => void> {
  let taken = 0;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  return async () => {
    if (taken >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else taken += 1;
    return leave;
  };
}
