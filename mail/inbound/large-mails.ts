/** Places for mails that are large; whoever finds none waits, first come first served. */
export interface LargeMails {
  enter(): Promise<void>;
  isFull(): boolean;
  leave(): void;
}

export function createLargeMails(places: number): LargeMails {
  const waiting: (() => void)[] = [];
  let free = places;
  return {
    async enter() {
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    },
    isFull: () => free === 0,
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
