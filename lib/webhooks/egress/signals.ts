import type { Exchange } from './exchange';

/** Listens once to each signal, however many exchanges share it: a listener each is slow, and Node warns of a leak. */
export class Signals {
  readonly #watched = new WeakMap<AbortSignal, Set<Exchange>>();

  watch(signal: AbortSignal, exchange: Exchange): void {
    const known = this.#watched.get(signal);
    if (known !== undefined) {
      known.add(exchange);
      return;
    }
    const exchanges = new Set([exchange]);
    this.#watched.set(signal, exchanges);
    signal.addEventListener(
      'abort',
      () => {
        for (const each of [...exchanges]) each.abort();
      },
      { once: true },
    );
  }

  forget(signal: AbortSignal, exchange: Exchange): void {
    this.#watched.get(signal)?.delete(exchange);
  }
}
