import type { Duplex } from 'node:stream';
import { errorAnswer, sendJsonAndEnd, type JsonAnswer } from './send-json.ts';

/** Answers what Node's parser could not make a request of; the code of its error tells why. */
export const refuseMalformed = (error: NodeJS.ErrnoException, socket: Duplex, maxHeaderBytes: number): void =>
  sendJsonAndEnd(socket, answerTo(error.code ?? '', maxHeaderBytes));

const answerTo = (code: string, maxHeaderBytes: number): JsonAnswer => {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return errorAnswer(431, {
        code: 'headers_too_large',
        message: `The request line and headers are larger than ${maxHeaderBytes} bytes.`,
      });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return errorAnswer(408, { code: 'request_timeout', message: 'The request did not arrive in time.' });
    default:
      return errorAnswer(400, { code: 'request_invalid', message: 'The request is not valid HTTP.' });
  }
};
