import pino from 'pino';
import { env } from './env';

/** The app's log: JSON lines on stdout. Payloads, secrets and receivers' answers never go in. */
export const log = pino({ level: env().LOG_LEVEL, base: undefined });
