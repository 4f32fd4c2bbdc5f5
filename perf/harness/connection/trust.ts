import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

const contexts = new Map<string | null, SecureContext>();

/**
 * What trusts an authority (PEM text) in addition to the well-known ones, or with null those alone; made once, as it
 * takes some 20 ms.
 */
export const trustAlso = (certificateAuthority: string | null): SecureContext => {
  let context = contexts.get(certificateAuthority);
  if (context === undefined) {
    context = createSecureContext(
      certificateAuthority === null ? {} : { ca: [...rootCertificates, certificateAuthority] },
    );
    contexts.set(certificateAuthority, context);
  }
  return context;
};
