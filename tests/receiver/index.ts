export * as behave from './behaviours';
export { selfSigned } from './certificate';
export { startNameServer, type Zone } from './name-server';
export { type ReceivedRequest, type Receiver, type Responder, startReceiver } from './receiver';
export * as verify from './verify';
