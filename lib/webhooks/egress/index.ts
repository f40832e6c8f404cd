export { type AddressPolicy, allowLoopback, allowPrivate, publicOnly } from './address';
export { checkUrl } from './check-url';
export { createEgress, type EgressOptions } from './egress';
export { createResolve } from './resolve';
export {
  type Egress,
  type ErrorClass,
  LIMITS,
  type SendRequest,
  type SendResult,
  type Timings,
} from './types';
