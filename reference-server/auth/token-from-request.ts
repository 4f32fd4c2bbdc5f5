import type { IncomingMessage } from 'node:http';

/** The subprotocol that announces a token as the next one in the list. */
export const BEARER_SUBPROTOCOL = 'bearer';

/** The token of an upgrade request: from `Authorization: Bearer`, else `?token=`, else the subprotocol pair `bearer, <token>`. */
export const tokenFromRequest = (request: IncomingMessage, url: URL): string | undefined =>
  fromAuthorization(request.headers.authorization) ??
  url.searchParams.get('token') ??
  fromSubprotocols(request.headers['sec-websocket-protocol']);

const fromAuthorization = (header: string | undefined): string | undefined =>
  /^bearer(?:\s+(.*))?$/i.exec(header?.trim() ?? '')?.[1];

const fromSubprotocols = (header: string | undefined): string | undefined => {
  const protocols = header?.split(',').map((protocol) => protocol.trim()) ?? [];
  const announcedAt = protocols.indexOf(BEARER_SUBPROTOCOL);
  return announcedAt === -1 ? undefined : protocols[announcedAt + 1];
};
