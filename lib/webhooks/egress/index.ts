export { type AddressPolicy, type AddressVerdict, allowLoopback, allowPrivate, publicOnly } from './address';
export { checkUrl, type UrlRules, type UrlVerdict } from './check-url';
export { createEgress, type EgressOptions } from './egress';
export { createResolve, type Resolve, type ResolveOptions } from './resolve';
export {
  type Answered,
  type Egress,
  type ErrorClass,
  LIMITS,
  type SendRequest,
  type SendResult,
  type Timings,
  type Unanswered,
} from './types';
