import { useRef } from 'react';

/**
 * Gives focus back to what had it when a panel opened. Radix only knows its own Trigger, and these panels
 * open by state. Call `remember` when the panel takes focus, `restore` when it lets go.
 */
export function useReturnFocus(): { remember: () => void; restore: (event: Event) => void } {
  const origin = useRef<HTMLElement | null>(null);
  return {
    remember: () => {
      const focused = document.activeElement;
      origin.current = focused instanceof HTMLElement ? focused : null;
    },
    restore: (event) => {
      event.preventDefault();
      origin.current?.focus();
    },
  };
}
