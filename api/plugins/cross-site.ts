import type { FastifyRequest } from 'fastify';

import { refused } from '../../domain/errors.ts';
import type { Config } from '../../runtime/config.ts';

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a changing call that another site's page makes with our cookie. Browsers say where a
 * request comes from by themselves (Fetch Metadata, else Origin); a program that says nothing is
 * no browser, and has no cookie that it was not given.
 */
export function refuseCrossSite(request: FastifyRequest, config: Pick<Config, 'publicUrl'>): void {
  if (SAFE_METHODS.includes(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return;
    throw crossSite(`Sec-Fetch-Site: ${String(site)}`);
  }
  const { origin } = request.headers;
  if (origin === undefined) return;
  if (!ownOrigins(request, config).includes(origin)) throw crossSite(`Origin: ${origin}`);
}

/** What browsers call the pages that we serve. */
export function ownOrigins(request: FastifyRequest, config: Pick<Config, 'publicUrl'>): string[] {
  return [`${request.protocol}://${request.host}`, originOf(config.publicUrl)];
}

function crossSite(header: string) {
  return refused(
    'forbidden',
    `This call came from another site (${header}); use a token for calls from outside.`,
  );
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address;
}
