import { isIP, isIPv4 } from 'node:net';
import type { EnvReader } from './env-reader.ts';

/** `address` or `address:port`, IPv6 with a port in brackets. */
export function readNameServers(reader: EnvReader): readonly string[] | null | 'off' {
  const text = reader.text('DNS_SERVERS');
  if (text === null) return null;
  if (text === 'off') return 'off';
  const servers = text.split(/[\s,]+/).filter(Boolean);
  for (const server of servers) {
    const address = /^\[(.+)\](?::\d{1,5})?$/.exec(server)?.[1] ?? server;
    if (isIP(address) !== 0 || isIPv4(server.replace(/:\d{1,5}$/, ''))) continue;
    reader.problem(
      `DNS_SERVERS names "${server}", which is no address: write addresses with commas between, ` +
        'such as 9.9.9.9,127.0.0.1:5353, or off.',
    );
  }
  return servers;
}
