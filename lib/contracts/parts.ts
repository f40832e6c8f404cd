import type { JsonStyle, OfferedEvent, SwitchOffRule } from './contract';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** No blanks, keys in the order in which they were written, fractions as JavaScript prints them. */
export const COMPACT_JSON: JsonStyle = {
  sortKeys: false,
  asciiOnly: false,
  numbers: 'javascript',
  itemSeparator: ',',
  keySeparator: ':',
};

/** Five days without a success in which at least 20 deliveries failed. */
export const SUSTAINED_FAILURE: SwitchOffRule = {
  kind: 'sustained',
  withoutSuccessMs: 5 * DAY,
  failedDeliveries: 20,
};

/** An event that goes by its canonical name everywhere. */
export function offer(type: string, fields: Pick<OfferedEvent, 'omit' | 'whenGiven'> = {}): OfferedEvent {
  return { type, subscription: type, envelope: type, ...fields };
}
