export * as behave from './behaviours';
export { selfSigned } from './certificate';
export { type ReceivedRequest, type Receiver, type Responder, startReceiver } from './receiver';
export * as verify from './verify';
