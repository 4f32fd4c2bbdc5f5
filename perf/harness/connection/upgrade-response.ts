/** The head of an HTTP answer, as far as an upgrade depends on it. A header that came more than once is joined by commas. */
export interface ResponseHead {
  readonly version: '1.0' | '1.1';
  readonly status: number;
  readonly upgrade: string | null;
  readonly connection: string | null;
  readonly accept: string | null;
  readonly subprotocol: string | null;
  readonly extensions: string | null;
  /** Where a redirect leads. */
  readonly location: string | null;
}

/** What is known of an answer after some of its bytes. */
export type ResponseProgress =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'broken'; readonly detail: string }
  /** `restFrom` is where, in the bytes given last, the head is over. */
  | { readonly kind: 'complete'; readonly head: ResponseHead; readonly restFrom: number };

/** An answer whose head, interim answers included, is larger than this is refused. */
const maxHeadBytes = 16_384;

const incomplete = { kind: 'incomplete' } as const;
const broken = (detail: string): ResponseProgress => ({ kind: 'broken', detail });

const statusLine = /^HTTP\/(1\.[01]) ([1-9]\d\d)(?: [\t\u0020-\u007e\u0080-\u00ff]*)?\r\n$/u;
const headerLine = /^([!#$%&'*+\-.^_`|~\dA-Za-z]+):[\t ]*([\t\u0020-\u007e\u0080-\u00ff]*)$/u;

const headerFields = {
  upgrade: 'upgrade',
  connection: 'connection',
  'sec-websocket-accept': 'accept',
  'sec-websocket-protocol': 'subprotocol',
  'sec-websocket-extensions': 'extensions',
  location: 'location',
} as const;

const noFields = {
  upgrade: null,
  connection: null,
  accept: null,
  subprotocol: null,
  extensions: null,
  location: null,
} as const;

const isKnown = (name: string): name is keyof typeof headerFields => Object.hasOwn(headerFields, name);

const joined = (earlier: string | null, value: string): string =>
  earlier === null ? value : `${earlier}, ${value}`;

/** Reads the header lines, or says that one of them is none. */
const readHeaders = (lines: string): Omit<ResponseHead, 'version' | 'status'> | null => {
  const fields: Record<(typeof headerFields)[keyof typeof headerFields], string | null> = { ...noFields };
  for (const line of lines.split('\r\n')) {
    const match = headerLine.exec(line);
    if (match === null) return null;
    const name = (match[1] ?? '').toLowerCase();
    if (isKnown(name)) {
      const field = headerFields[name];
      fields[field] = joined(fields[field], (match[2] ?? '').trimEnd());
    }
  }
  return fields;
};

/**
 * Reads the answer to an upgrade request, in whatever pieces it comes: how the bytes are split changes nothing. What
 * can no longer become an answer is broken at once, so that nobody waits for more of it.
 */
export class UpgradeResponse {
  /** What was read of the current answer; interim ones (1xx other than 101) are dropped when they are complete. */
  #text = '';
  #droppedBytes = 0;

  get hasBegun(): boolean {
    return this.#text !== '' || this.#droppedBytes > 0;
  }

  /** Takes the first `byteCount` bytes of `bytes`, in the order they arrive. */
  read(bytes: Buffer, byteCount: number): ResponseProgress {
    const earlierBytes = this.#droppedBytes + this.#text.length;
    // One byte more than allowed tells that there is too much of it.
    const taken = Math.min(byteCount, maxHeadBytes + 1 - earlierBytes);
    this.#text += bytes.toString('latin1', 0, taken);
    for (;;) {
      const progress = this.#look();
      if (progress.kind !== 'complete') return progress;
      this.#droppedBytes += progress.restFrom;
      if (progress.head.status === 101 || progress.head.status >= 200)
        return { ...progress, restFrom: this.#droppedBytes - earlierBytes };
      this.#text = this.#text.slice(progress.restFrom);
    }
  }

  /** Looks at the text that stands; `restFrom` counts from its beginning. */
  #look(): ResponseProgress {
    const left = maxHeadBytes - this.#droppedBytes;
    const isTooLong = this.#text.length > left;
    const text = isTooLong ? this.#text.slice(0, left) : this.#text;
    const statusEnd = text.indexOf('\n') + 1;
    const status = statusLine.exec(text.slice(0, statusEnd));
    const opening = text.slice(0, 7);
    if (opening !== 'HTTP/1.'.slice(0, opening.length) || (statusEnd > 0 && status === null))
      return broken('the answer is not HTTP/1.1');
    const headEnd = text.indexOf('\r\n\r\n') + 4;
    const isComplete = headEnd >= 4;
    if (status !== null && /[^\r]\n/u.test(isComplete ? text.slice(0, headEnd) : text))
      return broken('a line of the answer does not end in CR LF');
    if (!isComplete)
      return isTooLong
        ? broken(`the head of the answer is larger than ${String(maxHeadBytes)} bytes`)
        : incomplete;
    const headers = statusEnd + 2 === headEnd ? '' : text.slice(statusEnd, headEnd - 4);
    return this.#headOf(status, headers, headEnd);
  }

  #headOf(status: RegExpExecArray | null, headers: string, restFrom: number): ResponseProgress {
    const fields = headers === '' ? noFields : readHeaders(headers);
    if (fields === null) return broken('a header of the answer is malformed');
    const head: ResponseHead = {
      version: status?.[1] === '1.0' ? '1.0' : '1.1',
      status: Number(status?.[2]),
      ...fields,
    };
    return { kind: 'complete', head, restFrom };
  }
}
