const key = 'hirehook.organization';

/** The organization that the person switched to in this browser; null means their first. */
export function chosenOrganization(): string | null {
  return typeof window === 'undefined' ? null : window.localStorage.getItem(key);
}

/** Remembers which organization the following requests are for; null forgets it. */
export function chooseOrganization(id: string | null): void {
  if (id === null) window.localStorage.removeItem(key);
  else window.localStorage.setItem(key, id);
}
