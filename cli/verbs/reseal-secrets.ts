import type { CompanyTransaction } from '../../database/client.ts';
import { listCompanyIds } from '../../database/queries/companies.ts';
import {
  keepServerSecrets,
  keepSigningKey,
  lockServerSecrets,
  lockSigningKeys,
} from '../../database/queries/sealed-secrets.ts';
import { refused } from '../../domain/errors.ts';
import { dkimKeyPlace } from '../../mail/outbound/sealed-key.ts';
import { placeOf } from '../../mail/servers/sealed-server.ts';
import { readSecrets } from '../../runtime/config.ts';
import { createSealer, SealError } from '../../runtime/sealed-secrets.ts';
import type { Sealer } from '../../runtime/sealed-secrets.ts';
import { readWords } from './verb.ts';
import type { Verb } from './verb.ts';

export const resealSecrets: Verb = {
  name: 'reseal-secrets',
  summary:
    'After a change of POSTKEEP_SECRET: seal what POSTKEEP_OLD_SECRETS sealed with the new one',
  usage: ['                          (the old secrets are read from POSTKEEP_OLD_SECRETS)'],
  run: async (words, tools) => {
    readWords(words, {});
    const { secret, oldSecrets } = readSecrets();
    const sealer = createSealer(secret, oldSecrets);
    const database = tools.database();
    for (const company of await listCompanyIds(database)) {
      // All of a company's or none: a secret that does not open leaves the others as they are.
      const count = await database.withCompany(company, (trx) => resealCompany(trx, sealer));
      const { resealed, current } = count;
      tools.print(`${company}: ${resealed} sealed anew, ${current} were sealed so already`);
    }
  },
};

interface Count {
  resealed: number;
  current: number;
}

async function resealCompany(trx: CompanyTransaction, sealer: Sealer): Promise<Count> {
  const { company } = trx;
  const count: Count = { resealed: 0, current: 0 };
  const problems: string[] = [];
  const reseal = (sealed: string | null, place: string): string | null => {
    if (sealed === null) return null;
    if (sealer.isCurrent(sealed)) {
      count.current += 1;
      return sealed;
    }
    try {
      const anew = sealer.seal(sealer.open(sealed, place), place);
      count.resealed += 1;
      return anew;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      problems.push(`${place}: ${error.message}`);
      return sealed;
    }
  };
  for (const server of await lockServerSecrets(trx)) {
    const of = (field: 'secret' | 'client_secret' | 'access_token') =>
      reseal(server[field], placeOf({ company, ...server }, field));
    await keepServerSecrets(trx, {
      ...server,
      secret: of('secret'),
      client_secret: of('client_secret'),
      access_token: of('access_token'),
    });
  }
  for (const key of await lockSigningKeys(trx)) {
    const anew = reseal(key.private_key, dkimKeyPlace(company, key.id));
    await keepSigningKey(trx, { id: key.id, private_key: anew ?? key.private_key });
  }
  if (problems.length === 0) return count;
  throw refused(
    'validation',
    `Nothing of ${company} was changed, as not all of its secrets open:\n${problems.join('\n')}`,
  );
}
