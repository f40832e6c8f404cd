/** One request as it came off the wire. */
export interface Incoming {
  path: string;
  head: string;
  body: Buffer;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * Cuts whole HTTP/1.1 requests with a content-length out of `buffered`; `rest` is what is not whole yet.
 * Throws on a request without a length: the senders here all know theirs.
 */
export function cutRequests(buffered: Buffer): { requests: Incoming[]; rest: Buffer } {
  const requests: Incoming[] = [];
  let at = 0;
  for (;;) {
    const end = buffered.indexOf(END_OF_HEAD, at);
    if (end < 0) break;
    const head = buffered.toString('latin1', at, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) throw new Error('a request without content-length');
    const bodyStart = end + END_OF_HEAD.length;
    const bodyEnd = bodyStart + Number(length);
    if (bodyEnd > buffered.length) break;
    const pathStart = head.indexOf(' ') + 1;
    requests.push({
      path: head.slice(pathStart, head.indexOf(' ', pathStart)),
      head,
      body: buffered.subarray(bodyStart, bodyEnd),
    });
    at = bodyEnd;
  }
  return { requests, rest: at === 0 ? buffered : buffered.subarray(at) };
}
