import { createTemporalClient } from '../../runtime/temporal-client.ts';
import type { TemporalClient } from '../../runtime/temporal-client.ts';

/** A client as the processes of the product have it, of a server without TLS. */
export function temporalAt(address: string, namespace: string): Promise<TemporalClient> {
  const tlsFiles = { ca: null, cert: null, key: null };
  return createTemporalClient({ address, namespace, tls: false, tlsFiles, apiKey: null });
}
