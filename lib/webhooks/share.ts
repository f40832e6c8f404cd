/** One webhook may take this part of what the others leave: however many hang at once, some is free for whoever does not. */
export const SHARE = 3;

/** What one webhook may hold of a whole of which `all` is held, `own` by itself. */
export const shareOf = (whole: number, all: number, own: number): number => (whole - (all - own)) / SHARE;
