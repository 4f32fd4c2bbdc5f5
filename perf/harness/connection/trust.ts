import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

const contexts = new Map<string, SecureContext>();

/** What trusts an authority (PEM text) in addition to the well-known ones; made once, as it takes some 20 ms. */
export const trustAlso = (certificateAuthority: string): SecureContext => {
  let context = contexts.get(certificateAuthority);
  if (context === undefined) {
    context = createSecureContext({ ca: [...rootCertificates, certificateAuthority] });
    contexts.set(certificateAuthority, context);
  }
  return context;
};
